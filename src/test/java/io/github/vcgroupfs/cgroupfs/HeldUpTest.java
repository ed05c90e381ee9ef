package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.FileSources;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.memcg.counter.Threads;
import io.github.vcgroupfs.rights.Sharing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A call that takes for ever: whatever it is, other processes make their calls meanwhile. Each test
 * would hang if the call held something that theirs need.
 */
@Timeout(30)
class HeldUpTest {
  private static final Caller ROOT = new Caller(0, 0, 100);
  private static final OpenFlags PLAIN = new OpenFlags(false, false);
  private static final String SLOW = "/web/slow";
  private static final String PROCS = "/web/cgroup.procs";

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private final FakeMembership processes = new FakeMembership();
  private final SlowMembership membership = new SlowMembership();
  private final SlowHandler slow = new SlowHandler();
  private final CountDownLatch release = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final List<ErrnoException> failures = new CopyOnWriteArrayList<>();
  private Cgroup root;
  private CgroupFs fs;

  /** Takes for ever where it is told to. */
  private final class SlowMembership implements Membership {
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile String where = "";

    private void step(String what) {
      if (where.equals(what)) {
        begun.countDown();
        takeForEver();
      }
    }

    @Override
    public void attach(Cgroup group, int pid, Scope scope, Caller caller, Consent consent)
        throws ErrnoException {
      step("attach");
      processes.attach(group, pid, scope, caller, consent);
    }

    @Override
    public int[] list(Cgroup group, Scope scope) {
      step("list");
      return processes.list(group, scope);
    }

    @Override
    public boolean isPopulated(Cgroup group) {
      step("isPopulated");
      return processes.isPopulated(group);
    }

    @Override
    public String describe(int tid) {
      return processes.describe(tid);
    }
  }

  /** A file whose text takes for ever; what is written is counted, and not safely. */
  private final class SlowHandler implements Handler {
    private final CountDownLatch begun = new CountDownLatch(1);
    private int writes;

    @Override
    public ReadShape readShape() {
      return ReadShape.TEXT;
    }

    @Override
    public WriteShape writeShape() {
      return WriteShape.RESET;
    }

    @Override
    public String read(FileTarget target) {
      begun.countDown();
      takeForEver();
      return "slow\n";
    }

    @Override
    public void write(FileTarget target, byte[] written) {
      int before = writes;
      Thread.onSpinWait();
      writes = before + 1;
    }
  }

  @BeforeEach
  void mount() throws Exception {
    MemoryTree tree = trees.newTree(Profiles.LWN_2011.relaxed(), membership);
    root = tree.tree().root();
    FileSources all = ServedStandIns.of(tree.tree());
    List<ControlFile> rows = new ArrayList<>(all.rows());
    rows.add(
        ControlFile.of(FileOwner.CORE, "slow", slow, Fidelity.ENFORCED, "a test of ours").build());
    fs =
        new CgroupFs(
            tree.tree(),
            new FileSources(rows, all.served()),
            SizeMode.ZERO,
            Sharing.byDefault(ROOT),
            Clock.systemUTC(),
            new Faults(0, delay -> {}));
    trees.watchHandles(fs::openHandles);
    fs.mkdir(ROOT, "/web", 0755);
    fs.mkdir(ROOT, "/other", 0755);
  }

  @AfterEach
  void end() throws Exception {
    membership.where = "";
    release.countDown();
    for (Thread each : threads) {
      each.join();
    }
    assertThat(failures).as("of the call that took long").isEmpty();
  }

  private void takeForEver() {
    try {
      release.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aReadThatMakesALongText() throws Exception {
    begin(() -> cat(SLOW), slow.begun);
    othersGoOn();
    long sameFile = fs.open(ROOT, SLOW, PLAIN);
    fs.write(ROOT, sameFile, new byte[] {'x'});
    fs.release(sameFile);
  }

  @Test
  void pollOnTheHandleOfAReadThatMakesALongText() throws Exception {
    long handle = fs.open(ROOT, SLOW, PLAIN);
    begin(() -> fs.read(ROOT, handle, 0, 100), slow.begun);
    assertThat(fs.hasNews(handle)).isFalse();
    assertThat(fs.fgetattr(() -> ROOT, handle).sizeBytes()).isZero();
    fs.release(handle);
  }

  @Test
  void aMoveThatLooksAtAllProcesses() throws Exception {
    membership.where = "attach";
    int pid = processes.start(root);
    begin(() -> echo(Integer.toString(pid), PROCS), membership.begun);
    othersGoOn();
  }

  @Test
  void aListOfManyProcesses() throws Exception {
    membership.where = "list";
    begin(() -> cat(PROCS), membership.begun);
    othersGoOn();
    fs.rmdir(ROOT, "/other/named");
    echo("1", "/other/notify_on_release");
  }

  @Test
  void anRmdirThatLooksForMembers() throws Exception {
    membership.where = "isPopulated";
    begin(() -> fs.rmdir(ROOT, "/web"), membership.begun);
    othersGoOn();
  }

  @Test
  void aForceEmptyThatLooksForMembers() throws Exception {
    membership.where = "isPopulated";
    begin(() -> echo("1", "/web/memory.force_empty"), membership.begun);
    othersGoOn();
  }

  /** What another process does with another group. */
  private void othersGoOn() throws Exception {
    assertThat(cat("/other/memory.limit_in_bytes")).isNotEmpty();
    assertThat(cat("/other/memory.stat")).isNotEmpty();
    assertThat(cat("/other/memory.kmem.usage_in_bytes")).isEqualTo("0\n");
    echo("1M", "/other/memory.limit_in_bytes");
    echo("4K", "/other/memory.kmem.usage_in_bytes");
    echo("0", "/other/memory.kmem.usage_in_bytes");
    echo("1", "/other/cgroup.clone_children");
    echo("read memory.stat short=1", "/other/sim.fault");
    echo("clear", "/other/sim.fault");
    fs.mkdir(ROOT, "/other/made", 0755);
    fs.rename(ROOT, "/other/made", "/other/named");
    fs.chmod(ROOT, "/other/named", 0700);
    assertThat(fs.getattr(ROOT, "/other/named").mode()).isEqualTo(0700);
    long directory = fs.opendir(ROOT, "/");
    assertThat(fs.readdir(directory)).isNotEmpty();
    fs.releasedir(directory);
    assertThat(cat("/sim.journal")).contains("named");
  }

  /** {@code of->mutex}: an update that is lost would show that two of them were done at once. */
  @Test
  void writesOnOneHandleAreDoneOneAfterTheOther() throws Exception {
    long handle = fs.open(ROOT, SLOW, PLAIN);
    int each = 5_000;
    Threads.run(
        4,
        thread -> {
          for (int i = 0; i < each; i++) {
            fs.write(ROOT, handle, new byte[] {'x'});
          }
        });
    assertThat(slow.writes).isEqualTo(4 * each);
    fs.release(handle);
  }

  private interface Action {
    void run() throws ErrnoException;
  }

  /** Returns when the call takes for ever. */
  private void begin(Action action, CountDownLatch begun) throws Exception {
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (ErrnoException refusal) {
                failures.add(refusal);
              }
            });
    threads.add(thread);
    thread.start();
    begun.await();
  }

  private String cat(String path) throws ErrnoException {
    long handle = fs.open(ROOT, path, PLAIN);
    try {
      return new String(fs.read(ROOT, handle, 0, 65_536), StandardCharsets.ISO_8859_1);
    } finally {
      fs.release(handle);
    }
  }

  private void echo(String text, String path) throws ErrnoException {
    long handle = fs.open(ROOT, path, PLAIN);
    try {
      fs.write(ROOT, handle, text.getBytes(StandardCharsets.ISO_8859_1));
    } finally {
      fs.release(handle);
    }
  }
}
