package io.github.vcgroupfs.cgroupfs.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sim.fault}: what a line does to calls, and which lines are refused with which words. */
class FaultsTest {
  private static final Caller ROOT = new Caller(0, 0, 100);
  private static final String FAULT = "/sim.fault";
  private static final String STAT = "/web/memory.stat";

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private final List<Long> delaysMs = new ArrayList<>();
  private MemoryTree tree;
  private CgroupFs fs;

  @BeforeEach
  void mount() throws Exception {
    tree = trees.newTree(Profiles.LWN_2011.relaxed(), new FakeMembership());
    fs = newFs(tree, 1);
    fs.mkdir(ROOT, "/web", 0755);
    fs.mkdir(ROOT, "/web/deep", 0755);
  }

  private CgroupFs newFs(MemoryTree of, long seed) {
    CgroupFs made =
        new CgroupFs(
            of.tree(),
            ServedStandIns.of(of.tree()),
            SizeMode.EXACT,
            ROOT,
            Clock.systemUTC(),
            new Faults(seed, delay -> delaysMs.add(delay.ms())));
    trees.watchHandles(made::openHandles);
    return made;
  }

  @Test
  void afterSoManyCallsSoManyFailAndThenNoMore() throws Exception {
    echo("read memory.stat after=2 count=3 error=ENODEV", "/web" + FAULT);
    assertThat(outcomes(8))
        .containsExactly("ok", "ok", "ENODEV", "ENODEV", "ENODEV", "ok", "ok", "ok");
    assertThat(cat("/web" + FAULT))
        .isEqualTo("read memory.stat after=2 count=3 error=ENODEV # matched 8, struck 3\n");
    assertThat(cat("/web/sim.why"))
        .contains("read web/memory.stat")
        .contains(
            "ENODEV: sim.fault of /web says \"read memory.stat after=2 count=3 error=ENODEV\"")
        .contains("hit 3: write clear to that file to end it");
    assertThat(read("/web/deep/memory.stat")).as("another group").isEqualTo("ok");
    assertThat(read("/web/memory.failcnt")).as("another file").isEqualTo("ok");
  }

  @Test
  void clearEndsItAndWhatIsReadBackCanBeWritten() throws Exception {
    echo("read memory.stat error=ENOMEM\nmkdir error=ENOSPC", "/web" + FAULT);
    String text = cat("/web" + FAULT);
    echo("clear", "/web" + FAULT);
    assertThat(cat("/web" + FAULT)).isEmpty();
    assertThat(read(STAT)).isEqualTo("ok");
    echo(text, "/web" + FAULT);
    assertThat(cat("/web" + FAULT)).isEqualTo(text);
    assertThat(read(STAT)).isEqualTo("ENOMEM");
  }

  @Test
  void aGroupPatternReachesGroupsBelowAndGroupsThatAreMadeLater() throws Exception {
    echo("read memory.stat group=** error=ENODEV", FAULT);
    assertThat(read(STAT)).isEqualTo("ENODEV");
    assertThat(read("/web/deep/memory.stat")).isEqualTo("ENODEV");
    assertThat(read("/memory.stat")).isEqualTo("ENODEV");
    echo("clear\nread memory.stat group=* error=ENODEV", FAULT);
    assertThat(read(STAT)).isEqualTo("ENODEV");
    assertThat(read("/web/deep/memory.stat")).as("two levels down").isEqualTo("ok");
    fs.mkdir(ROOT, "/later", 0755);
    assertThat(read("/later/memory.stat")).isEqualTo("ENODEV");
  }

  @Test
  void mkdirAndRmdirFailInTheDirectoryThatHoldsTheName() throws Exception {
    echo("mkdir job-* after=1 error=ENOSPC\nrmdir web error=EBUSY", FAULT);
    fs.mkdir(ROOT, "/job-1", 0755);
    assertThat(outcome(() -> fs.mkdir(ROOT, "/job-2", 0755))).isEqualTo("ENOSPC");
    assertThat(tree.tree().find("job-2")).as("made all the same").isNull();
    assertThat(outcome(() -> fs.mkdir(ROOT, "/other", 0755))).isEqualTo("ok");
    assertThat(outcome(() -> fs.rmdir(ROOT, "/web"))).isEqualTo("EBUSY");
    echo("rmdir error=EBUSY", "/other" + FAULT);
    assertThat(outcome(() -> fs.rmdir(ROOT, "/other"))).as("by its own file").isEqualTo("EBUSY");
  }

  @Test
  void aStruckWriteChangesNothing() throws Exception {
    echo("write memory.limit_in_bytes error=EBUSY count=1", "/web" + FAULT);
    assertThat(outcome(() -> echo("4096", "/web/memory.limit_in_bytes"))).isEqualTo("EBUSY");
    assertThat(cat("/web/memory.limit_in_bytes")).isEqualTo("9223372036854775807\n");
    echo("4096", "/web/memory.limit_in_bytes");
    assertThat(cat("/web/memory.limit_in_bytes")).isEqualTo("4096\n");
  }

  @Test
  void aShortReadReturnsTheBeginningAndTheRestCanBeRead() throws Exception {
    String whole = cat(STAT);
    echo("read memory.stat short=7", "/web" + FAULT);
    long handle = fs.open(ROOT, STAT, new OpenFlags(false, false));
    assertThat(text(fs.read(ROOT, handle, 0, 4096))).isEqualTo(whole.substring(0, 7));
    assertThat(text(fs.read(ROOT, handle, 7, 4096))).isEqualTo(whole.substring(7, 14));
    fs.release(handle);
  }

  @Test
  void aDelayWaitsBeforeTheCallAndIsBounded() throws Exception {
    echo("write memory.* delay=200ms", "/web" + FAULT);
    echo("4096", "/web/memory.limit_in_bytes");
    assertThat(delaysMs).containsExactly(200L);
    assertThat(cat("/web/memory.limit_in_bytes")).isEqualTo("4096\n");
    echo("write memory.* delay=50s\nwrite ** delay=40s", "/web" + FAULT);
    echo("8192", "/web/memory.limit_in_bytes");
    assertThat(delaysMs.get(1)).as("three delays together").isEqualTo(60_000L);
  }

  @Test
  void aProcessIsNamedByNameOrId() throws Exception {
    String me = tree.membership().describe(ROOT.tid());
    String name = me.substring(0, me.indexOf('['));
    echo("read memory.stat process=99 error=ENODEV", "/web" + FAULT);
    assertThat(read(STAT)).isEqualTo("ok");
    echo("read memory.stat process=100 error=ENODEV count=1", "/web" + FAULT);
    assertThat(read(STAT)).isEqualTo("ENODEV");
    echo("clear\nread memory.stat process=%s error=ENODEV".formatted(name), "/web" + FAULT);
    assertThat(read(STAT)).isEqualTo(name.isEmpty() ? "ok" : "ENODEV");
  }

  @Test
  void chanceIsSeeded() throws Exception {
    List<String> first = chance(7);
    assertThat(chance(7)).isEqualTo(first);
    assertThat(chance(8)).isNotEqualTo(first);
    assertThat(first.stream().filter("ENODEV"::equals).count()).isBetween(20L, 80L);
  }

  private List<String> chance(long seed) throws Exception {
    tree = trees.newTree(Profiles.LWN_2011.relaxed(), new FakeMembership());
    fs = newFs(tree, seed);
    fs.mkdir(ROOT, "/web", 0755);
    echo("read memory.stat probability=0.25 error=ENODEV", "/web" + FAULT);
    return outcomes(200);
  }

  @Test
  void nobodyIsLockedOutOfOurFiles() throws Exception {
    echo("read * error=ENODEV\nwrite * error=EINVAL\nopen * error=ENOMEM", "/web" + FAULT);
    assertThat(read(STAT)).isEqualTo("ENOMEM");
    assertThat(cat("/web/sim.why")).contains("ENOMEM");
    echo("write sim.* error=EINVAL\nopen sim.fault error=EACCES", "/web" + FAULT);
    echo("clear", "/web" + FAULT);
    assertThat(read(STAT)).isEqualTo("ok");
  }

  @Test
  void theRulesOfAGroupGoWithIt() throws Exception {
    echo("read memory.stat error=ENODEV", "/web/deep" + FAULT);
    fs.rmdir(ROOT, "/web/deep");
    fs.mkdir(ROOT, "/web/deep", 0755);
    assertThat(cat("/web/deep" + FAULT)).isEmpty();
    assertThat(read("/web/deep/memory.stat")).isEqualTo("ok");
  }

  @Test
  void oneBadLineAndNothingChanges() throws Exception {
    assertThat(outcome(() -> echo("read memory.stat error=ENODEV\nfly error=EIO", "/web" + FAULT)))
        .isEqualTo("EINVAL");
    assertThat(cat("/web" + FAULT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fly error=EIO                          | "fly" is no call: there are open,
          read memory.stat                       | does not say what happens: add error=
          read memory.stat error=ENOTHING        | error=ENOTHING is no errno of a control file: there are E2BIG
          read memory.stat error=ENOSPC          | with ENOSPC: take one of EINTR, EINVAL, ENODEV, ENOMEM; or add force
          write memory.limit_in_bytes error=ESRCH | no kernel answers write memory.limit_in_bytes with ESRCH
          write memory.limit_in_byte error=EBUSY | no control file here is called "memory.limit_in_byte"
          read memory.stat delay=61s             | delay=61s is out of range or no time: write 0ms to 60000ms
          read memory.stat error=EINTR short=1   | write error= or short=, not both
          write memory.limit_in_bytes short=1    | short=1 is only for read
          read memory.stat error=EINTR count=0   | count=0 is out of range or no number: write a whole number from 1
          read memory.stat error=EINTR probability=2 | probability=2 is out of range
          read memory.stat error=EINTR often=2   | "often" is no key: there are after, count
          read memory.stat error=EINTR error=EINTR | says it twice
          read memory.stat a b error=EINTR       | "a" is no key=value
          '#'                                    | nothing to do: write a line such as
          """)
  void aBadLineIsEinvalAndSaysWhatWouldWork(String line, String words) {
    assertThat(refusal(() -> echo(line, "/web" + FAULT)))
        .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EINVAL))
        .satisfies(refusal -> assertThat(refusal.why()).contains(words));
  }

  @Test
  void forceTakesWhatNoKernelAnswers() throws Exception {
    echo("read memory.stat error=ENOSPC force", "/web" + FAULT);
    assertThat(read(STAT)).isEqualTo("ENOSPC");
    assertThat(cat("/web" + FAULT)).startsWith("read memory.stat error=ENOSPC force #");
    echo("write tasks error=ESRCH", "/web" + FAULT); // for that file a kernel does
  }

  @ParameterizedTest
  @CsvSource({
    "*,memory.stat,true",
    "*,a/b,false",
    "**,a/b,true",
    "a*,abc,true",
    "a?c,abc,true",
    "a?c,a/c,false",
    "*.stat,memory.stat,true",
    "*.stat,memory.stats,false",
    "a**c,a/b/c,true",
    "a*b*c,axxbxxc,true",
    "a*b*c,axxcxxb,false",
    "web*/db,web1/db,true",
    "web*/db,web1/x/db,false"
  })
  void patternsMatchAsShellsDo(String pattern, String text, boolean matches) {
    assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
  }

  @Test
  void aPatternOfManyStarsTakesNoTime() {
    assertThat(new Glob("*a".repeat(120)).matches("a".repeat(4_000) + "b")).isFalse();
  }

  private List<String> outcomes(int reads) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < reads; i++) {
      all.add(read(STAT));
    }
    return all;
  }

  private String read(String path) {
    return outcome(() -> cat(path));
  }

  private interface Action {
    void run() throws ErrnoException;
  }

  private static String outcome(Action action) {
    try {
      action.run();
      return "ok";
    } catch (ErrnoException refusal) {
      return refusal.errno().name();
    }
  }

  private static ErrnoException refusal(Action action) {
    try {
      action.run();
    } catch (ErrnoException refusal) {
      return refusal;
    }
    throw new AssertionError("it was taken");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String cat(String path) throws ErrnoException {
    long handle = fs.open(ROOT, path, new OpenFlags(false, false));
    try {
      return text(fs.read(ROOT, handle, 0, 65_536));
    } finally {
      fs.release(handle);
    }
  }

  private void echo(String text, String path) throws ErrnoException {
    long handle = fs.open(ROOT, path, new OpenFlags(false, false));
    try {
      fs.write(ROOT, handle, (text + "\n").getBytes(StandardCharsets.ISO_8859_1));
    } finally {
      fs.release(handle);
    }
  }
}
