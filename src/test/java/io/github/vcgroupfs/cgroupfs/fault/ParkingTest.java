package io.github.vcgroupfs.cgroupfs.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that {@code sim.fault} delays: what ends their wait, and that they hold nobody up. */
@Timeout(20) // less than the shortest delay here
class ParkingTest {
  private static final Caller ROOT = new Caller(0, 0, 100);
  private static final String FAULT = "/web/sim.fault";
  private static final String LIMIT = "/web/memory.limit_in_bytes";
  private static final int MAX_PARKED = 8;

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private final Parking parking = new Parking(MAX_PARKED, System::nanoTime);
  private CgroupFs fs;

  @BeforeEach
  void mount() throws Exception {
    MemoryTree tree = trees.newTree(Profiles.LWN_2011.relaxed(), new FakeMembership());
    fs =
        new CgroupFs(
            tree.tree(),
            ServedStandIns.of(tree.tree()),
            SizeMode.ZERO,
            ROOT,
            Clock.systemUTC(),
            new Faults(1, parking));
    trees.watchHandles(fs::openHandles);
    fs.mkdir(ROOT, "/web", 0755);
  }

  @Test
  void clearEndsTheWaitAndTheCallIsCarriedOut() throws Exception {
    echo("write memory.* delay=60s", FAULT);
    Call call = parked(() -> echo("4096", LIMIT));
    echo("clear", FAULT);
    assertThat(call.outcome()).isEqualTo("ok");
    assertThat(cat(LIMIT)).isEqualTo("4096\n");
  }

  @Test
  void clearOfOneOfTwoFilesLeavesTheDelayOfTheOther() throws Exception {
    echo("write memory.* delay=30s", FAULT);
    echo("write memory.* group=** delay=30s", "/sim.fault");
    Call call = parked(() -> echo("4096", LIMIT));
    echo("clear", "/sim.fault");
    assertThat(parking.size()).isOne();
    assertThat(call.isDone()).isFalse();
    echo("clear", FAULT);
    assertThat(call.outcome()).isEqualTo("ok");
  }

  @Test
  void anotherLineDoesNotEndTheWait() throws Exception {
    echo("write memory.* delay=60s", FAULT);
    Call call = parked(() -> echo("4096", LIMIT));
    echo("read memory.stat delay=1s", FAULT);
    assertThat(call.isDone()).isFalse();
    echo("clear\nread memory.stat delay=1s", FAULT);
    assertThat(call.outcome()).isEqualTo("ok");
  }

  @Test
  void removalOfTheGroupEndsTheWaitAlsoForARuleOfAnAncestor() throws Exception {
    echo("write memory.* group=** delay=60s", "/sim.fault");
    Call call = parked(() -> echo("4096", LIMIT));
    fs.rmdir(ROOT, "/web");
    assertThat(call.outcome()).isEqualTo("ENODEV");
  }

  @Test
  void removalOfTheGroupThatHasTheRuleEndsTheWait() throws Exception {
    echo("open memory.* delay=60s", FAULT);
    Call call = parked(() -> cat(LIMIT));
    fs.rmdir(ROOT, "/web");
    assertThat(call.outcome()).isNotEqualTo("EINTR").isNotEqualTo("ECONNABORTED");
  }

  @Test
  void theEndOfTheMountEndsAllWaitsAndThoseThatWouldCome() throws Exception {
    echo("write memory.* delay=60s", FAULT);
    Call one = parked(() -> echo("4096", LIMIT));
    Call two = parked(() -> echo("8192", LIMIT));
    fs.abort();
    assertThat(one.outcome()).isEqualTo("ECONNABORTED");
    assertThat(two.outcome()).isEqualTo("ECONNABORTED");
    assertThat(outcome(() -> echo("4096", LIMIT))).isEqualTo("ECONNABORTED");
    assertThat(cat(LIMIT)).as("not carried out").isNotEqualTo("4096\n").isNotEqualTo("8192\n");
  }

  @Test
  void anInterruptEndsOneWaitWithEintrAndNoOtherOne() throws Exception {
    echo("write memory.* delay=60s", FAULT);
    Call one = parked(() -> echo("4096", LIMIT));
    Call two = parked(() -> echo("8192", LIMIT));
    assertThat(fs.interrupt(one.thread)).isTrue();
    assertThat(one.outcome()).isEqualTo("EINTR");
    assertThat(fs.interrupt(one.thread)).as("it does not wait any more").isFalse();
    assertThat(fs.interrupt(Thread.currentThread())).as("it never did").isFalse();
    assertThat(cat("/web/sim.why")).contains("EINTR: the caller was interrupted");
    assertThat(two.isDone()).isFalse();
    echo("clear", FAULT);
    assertThat(two.outcome()).isEqualTo("ok");
    assertThat(cat(LIMIT)).isEqualTo("8192\n");
  }

  @Test
  void moreCallsThanThereIsRoomForAreEagainWithASentence() throws Exception {
    echo("write memory.* delay=60s", FAULT);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < MAX_PARKED; i++) {
      calls.add(parked(() -> echo("4096", LIMIT)));
    }
    assertThat(outcome(() -> echo("8192", LIMIT))).isEqualTo("EAGAIN");
    assertThat(cat("/web/sim.why")).contains("EAGAIN: sim.fault delays 8 calls of this mount now");
    echo("clear", FAULT);
    for (Call each : calls) {
      assertThat(each.outcome()).isEqualTo("ok");
    }
    assertThat(parking.size()).isZero();
  }

  /** Everything here would hang if a call that waits held a lock, or if waits did not overlap. */
  @Test
  void aCallThatWaitsHoldsNobodyUp() throws Exception {
    echo("write memory.* delay=60s\nmkdir delay=60s", FAULT);
    long handle = fs.open(ROOT, LIMIT, new OpenFlags(false, false));
    Call write = parked(() -> fs.write(ROOT, handle, "4096".getBytes(StandardCharsets.US_ASCII)));
    Call mkdir = parked(() -> fs.mkdir(ROOT, "/web/deep", 0755));
    assertThat(fs.read(ROOT, handle, 0, 100)).as("the same handle").isNotEmpty();
    echo("1", "/web/cgroup.clone_children");
    fs.mkdir(ROOT, "/other", 0755);
    echo("4096", "/other/memory.limit_in_bytes");
    fs.rmdir(ROOT, "/other");
    echo("clear", FAULT);
    assertThat(List.of(write.outcome(), mkdir.outcome())).containsExactly("ok", "ok");
    fs.release(handle);
  }

  private interface Action {
    void run() throws ErrnoException;
  }

  /** A call on a thread of its own. */
  private record Call(Thread thread, CompletableFuture<String> answer) {
    boolean isDone() {
      return answer.isDone();
    }

    String outcome() throws Exception {
      return answer.get(15, TimeUnit.SECONDS);
    }
  }

  /** Returns when one call more waits. */
  private Call parked(Action action) {
    int wanted = parking.size() + 1;
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> answer.complete(outcome(action)));
    thread.setDaemon(true);
    thread.start();
    while (parking.size() < wanted) {
      assertThat(answer.isDone()).as("%s", answer).isFalse();
      Thread.onSpinWait();
    }
    return new Call(thread, answer);
  }

  private static String outcome(Action action) {
    try {
      action.run();
      return "ok";
    } catch (ErrnoException refusal) {
      return refusal.errno().name();
    }
  }

  private String cat(String path) throws ErrnoException {
    long handle = fs.open(ROOT, path, new OpenFlags(false, false));
    try {
      return new String(fs.read(ROOT, handle, 0, 65_536), StandardCharsets.ISO_8859_1);
    } finally {
      fs.release(handle);
    }
  }

  private void echo(String text, String path) throws ErrnoException {
    long handle = fs.open(ROOT, path, new OpenFlags(false, false));
    try {
      fs.write(ROOT, handle, text.getBytes(StandardCharsets.ISO_8859_1));
    } finally {
      fs.release(handle);
    }
  }
}
