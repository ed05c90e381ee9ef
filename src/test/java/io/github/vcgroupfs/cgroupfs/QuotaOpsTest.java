package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.cgroup.FakeNotifier;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.QuotaLimits;
import io.github.vcgroupfs.rights.Rights;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.traffic.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users may have of a mount that they share; the shell's command beside each. */
class QuotaOpsTest {
  private static final Caller ROOT = new Caller(0, 0, 1);
  private static final Caller OWNER = new Caller(500, 500, 2);
  private static final Caller USER = new Caller(1000, 1000, 3);
  private static final Caller OTHER = new Caller(2000, 2000, 4);
  private static final int EVENT = 3;
  private static final int FILE = 4;

  private static final QuotaLimits SMALL =
      new QuotaLimits(
          Map.of(Quota.CONNECTIONS, 100L, Quota.FAULTS, 5L, Quota.EVENTS, 3L, Quota.GROUPS, 4L),
          Map.of(Quota.CONNECTIONS, 500L, Quota.FAULTS, 50L, Quota.GROUPS, 20L));

  private final FakeNotifier clients = new FakeNotifier();
  private Sharing sharing;
  private MemoryTree tree;
  private Traffic traffic;
  private CgroupFs fs;

  @BeforeEach
  void mount() throws Exception {
    mount(SMALL);
  }

  private void mount(QuotaLimits limits) throws Exception {
    close();
    sharing = Sharing.of(Rights.byDefault(OWNER), limits);
    tree =
        new MemoryTree(
            Profiles.LWN_2011.relaxed(), Membership.NOBODY, clients, () -> 0, ModelListener.SILENT);
    traffic = Traffic.onWallClock(tree.tree(), sharing, 1);
    fs =
        new CgroupFs(
            tree.tree(),
            ControlFiles.of(tree.tree(), traffic.files()),
            SizeMode.EXACT,
            sharing,
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    fs.mkdir(USER, "/u", 0755);
    fs.mkdir(USER, "/u/a", 0755);
    fs.mkdir(OTHER, "/o", 0755);
  }

  @AfterEach
  void close() {
    if (traffic != null) {
      traffic.close();
      assertThat(tree.machine().socketsAllocated()).isZero();
    }
  }

  private void echo(Caller caller, String text, String path) throws ErrnoException {
    long handle = fs.open(caller, path, new OpenFlags(false, false));
    try {
      fs.write(caller, handle, text.getBytes(StandardCharsets.ISO_8859_1));
    } finally {
      fs.release(handle);
    }
  }

  private String cat(Caller caller, String path) throws ErrnoException {
    long handle = fs.open(caller, path, new OpenFlags(false, false));
    try {
      return new String(fs.read(caller, handle, 0, 1 << 16), StandardCharsets.ISO_8859_1);
    } finally {
      fs.release(handle);
    }
  }

  private void full(ThrowingCallable call, String sentence) {
    ErrnoException refusal = catchThrowableOfType(ErrnoException.class, call);
    assertThat(refusal).isNotNull();
    assertThat(refusal.errno()).isEqualTo(Errno.ENOSPC);
    assertThat(refusal.why()).contains(sentence);
  }

  private long used(Caller who, Quota quota) {
    return sharing.quotas().used(who.uid(), quota);
  }

  @Test
  void aMillionConnectionsInOneLineAreRefusedBeforeThereIsOne() throws Exception {
    mount(QuotaLimits.DEFAULT);
    // echo "add f connections=1000000" > u/sim.tcp.flows
    full(
        () -> echo(USER, "add f connections=1000000", "/u/sim.tcp.flows"),
        "uid 1000 has 0 simulated connections and would get 1000000 more, but a user may have 100000");
    assertThat(tree.machine().socketsAllocated()).isZero();
    assertThat(cat(USER, "/u/sim.why")).contains("ENOSPC", "--quota connections=N");
    assertThat(cat(USER, "/u/sim.tcp.flows")).isEmpty();
  }

  @Test
  void connectionsCountOverAllGroupsOfAUserAndLinesGoTogether() throws Exception {
    echo(USER, "add f connections=60 send=0", "/u/sim.tcp.flows");
    full(
        () -> echo(USER, "add g connections=10\nadd h connections=31", "/u/a/sim.tcp.flows"),
        "uid 1000 has 60 simulated connections and would get 41 more");
    assertThat(cat(USER, "/u/a/sim.tcp.flows")).isEmpty();
    echo(USER, "add g connections=40 send=0", "/u/a/sim.tcp.flows");
    full(() -> echo(USER, "set g connections=41", "/u/a/sim.tcp.flows"), "1 more");
    // the neighbour has as many as ever
    echo(OTHER, "add f connections=100 send=0", "/o/sim.tcp.flows");
    echo(USER, "set f connections=10\nadd h connections=50 send=0", "/u/sim.tcp.flows");
    assertThat(used(USER, Quota.CONNECTIONS)).isEqualTo(100);
    echo(USER, "remove h", "/u/sim.tcp.flows");
    assertThat(used(USER, Quota.CONNECTIONS)).isEqualTo(50);
    fs.rmdir(USER, "/u/a"); // rmdir u/a
    assertThat(used(USER, Quota.CONNECTIONS)).isEqualTo(10);
    assertThat(used(OTHER, Quota.CONNECTIONS)).isEqualTo(100);
    assertThat(tree.machine().socketsAllocated()).isEqualTo(2 * 110);
  }

  @Test
  void aFlowCountsForWhoAddedItWhoeverChangesIt() throws Exception {
    echo(USER, "add f connections=10 send=0", "/u/sim.tcp.flows");
    echo(ROOT, "set f connections=150 send=0", "/u/sim.tcp.flows"); // root may
    assertThat(used(USER, Quota.CONNECTIONS)).isEqualTo(150);
    assertThat(used(ROOT, Quota.CONNECTIONS)).isZero();
    full(() -> echo(USER, "add g", "/u/sim.tcp.flows"), "has 150 simulated connections");
    echo(OTHER, "set f connections=5", "/u/sim.tcp.flows");
    assertThat(used(USER, Quota.CONNECTIONS)).isEqualTo(5);
    assertThat(used(OTHER, Quota.CONNECTIONS)).isZero();
  }

  @Test
  void rootAndTheOwnerHaveWhatTheMountMayHave() throws Exception {
    echo(ROOT, "add f connections=300 send=0", "/u/sim.tcp.flows");
    echo(OWNER, "add g connections=190 send=0", "/u/sim.tcp.flows");
    full(
        () -> echo(ROOT, "add h connections=11", "/u/sim.tcp.flows"),
        "this mount has 490 simulated connections, 300 of them of uid 0");
    echo(USER, "add h connections=10 send=0", "/u/sim.tcp.flows");
  }

  @Test
  void faultLinesCountOverAllGroupsOfAUser() throws Exception {
    echo(USER, "read error=EINTR\nwrite error=EINTR\nmkdir error=ENOMEM", "/u/sim.fault");
    full(
        () ->
            echo(USER, "read error=EINTR\nwrite error=EINTR\nopen error=ENOMEM", "/u/a/sim.fault"),
        "uid 1000 has 3 lines in sim.fault and would get 3 more, but a user may have 5");
    assertThat(cat(USER, "/u/a/sim.fault")).isEmpty();
    echo(OTHER, "read error=EINTR\nwrite error=EINTR\nopen error=ENOMEM", "/o/sim.fault");
    echo(USER, "rename error=EIO\nrmdir error=EINTR", "/u/a/sim.fault");
    full(() -> echo(USER, "chown error=EPERM", "/u/sim.fault"), "1 more");
    echo(USER, "clear\nchown error=EPERM", "/u/sim.fault");
    assertThat(used(USER, Quota.FAULTS)).isEqualTo(3);
    echo(ROOT, "clear", "/u/a/sim.fault"); // root clears what counts for the user
    assertThat(used(USER, Quota.FAULTS)).isEqualTo(1);
    fs.rmdir(USER, "/u/a");
    echo(USER, "open error=ENOMEM\nread error=EINTR", "/u/sim.fault");
    fs.rmdir(USER, "/u");
    assertThat(used(USER, Quota.FAULTS)).isZero();
    assertThat(used(OTHER, Quota.FAULTS)).isEqualTo(3);
  }

  @Test
  void groupsCountForWhoMadeThemUntilTheyAreRemoved() throws Exception {
    fs.mkdir(USER, "/u/b", 0755);
    fs.mkdir(USER, "/u/c", 0755);
    full(
        () -> fs.mkdir(USER, "/u/d", 0755),
        "uid 1000 has 4 groups and would get 1 more, but a user may have 4");
    assertThat(cat(USER, "/u/sim.why")).contains("mkdir u/d", "--quota groups=N");
    fs.chown(ROOT, "/u/c", 2000, 2000); // no gift to the neighbour
    assertThat(used(OTHER, Quota.GROUPS)).isEqualTo(1);
    fs.rename(USER, "/u/b", "/u/bb");
    fs.mkdir(OTHER, "/o/x", 0755);
    fs.mkdir(ROOT, "/u/r", 0755);
    fs.rmdir(ROOT, "/u/bb");
    fs.rmdir(OTHER, "/u/c");
    assertThat(used(USER, Quota.GROUPS)).isEqualTo(2);
    assertThat(used(OTHER, Quota.GROUPS)).isEqualTo(2);
    for (int i = 0; i < 10; i++) {
      int number = i;
      assertThat(
              catchThrowableOfType(ErrnoException.class, () -> fs.mkdir(USER, "/u/r", number))
                  .errno())
          .isEqualTo(Errno.EEXIST);
    }
    fs.mkdir(USER, "/u/d", 0755);
    assertThat(used(USER, Quota.GROUPS)).isEqualTo(3);
    assertThat(sharing.quotas().usedByAll(Quota.GROUPS)).isEqualTo(6);
  }

  /** Four threads make and remove the same groups, so that they meet at every point. */
  @Test
  void groupsAreCountedExactlyWhileManyMakeAndRemoveThem() throws Exception {
    mount(QuotaLimits.DEFAULT);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Caller caller = i % 2 == 0 ? USER : OTHER;
      ends.add(
          threads.submit(
              () -> {
                for (int step = 0; step < 5_000; step++) {
                  String path = "/u/a/" + random.nextInt(3);
                  boolean make = random.nextBoolean();
                  ErrnoException refusal =
                      catchThrowableOfType(
                          ErrnoException.class,
                          () -> {
                            if (make) {
                              fs.mkdir(caller, path, 0755);
                            } else {
                              fs.rmdir(caller, path);
                            }
                          });
                  assertThat(refusal == null || refusal.errno() != Errno.ENOSPC).isTrue();
                }
              }));
    }
    for (Future<?> each : ends) {
      each.get();
    }
    threads.shutdown();
    int left = tree.tree().find("u/a").children().size();
    assertThat(sharing.quotas().usedByAll(Quota.GROUPS)).isEqualTo(3 + left);
    assertThat(used(USER, Quota.GROUPS) + used(OTHER, Quota.GROUPS)).isEqualTo(3 + left);
  }

  private FakeNotifier.Event register(Caller caller, String group) throws ErrnoException {
    FakeNotifier.Event event = clients.event(EVENT);
    String file = group + "/memory.usage_in_bytes";
    clients.file(FILE, fs.getattr(ROOT, file).ino());
    echo(caller, EVENT + " " + FILE + " 1M", group + "/cgroup.event_control");
    return event;
  }

  @Test
  void eventRegistrationsCountUntilTheClientOrTheGroupIsGone() throws Exception {
    FakeNotifier.Event first = register(USER, "/u");
    register(USER, "/u");
    register(USER, "/u/a");
    full(
        () -> register(USER, "/u"),
        "uid 1000 has 3 event registrations and would get 1 more, but a user may have 3");
    assertThat(used(USER, Quota.DESCRIPTORS)).isEqualTo(6);
    register(OTHER, "/o");
    first.exit();
    register(USER, "/u"); // who has exited makes room
    assertThat(used(USER, Quota.EVENTS)).isEqualTo(3);
    fs.rmdir(USER, "/u/a");
    assertThat(used(USER, Quota.EVENTS)).isEqualTo(2);
    fs.rmdir(USER, "/u");
    fs.rmdir(OTHER, "/o");
    assertThat(sharing.quotas().usedByAll(Quota.EVENTS)).isZero();
    assertThat(sharing.quotas().usedByAll(Quota.DESCRIPTORS)).isZero();
  }

  @Test
  void aRefusedRegistrationCountsForNobody() throws Exception {
    register(USER, "/u");
    for (String text : new String[] {"99 4 1M", "3 99 1M", "3 4 junk", "nonsense"}) {
      ErrnoException refusal =
          catchThrowableOfType(
              ErrnoException.class, () -> echo(USER, text, "/u/cgroup.event_control"));
      assertThat(refusal).as(text).isNotNull();
      assertThat(refusal.errno()).as(text).isIn(Errno.EBADF, Errno.EINVAL);
    }
    assertThat(used(USER, Quota.EVENTS)).isEqualTo(1);
  }
}
