package io.github.vcgroupfs.cgroupfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.GroupsTable;
import io.github.vcgroupfs.columns.Row;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.rights.Readers;
import io.github.vcgroupfs.rights.Sharing;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code sim.groups}; the shell's command beside each. */
class GroupsFileOpsTest {
  private static final Caller OWNER = new Caller(500, 500, 2);
  private static final Caller USER = new Caller(1000, 1000, 3);
  private static final Caller OTHER = new Caller(2000, 2000, 4);

  /** In the user's group by its supplementary groups. */
  private static final Caller FRIEND = new Caller(3000, 3000, 5);

  private static final String TABLE = "sim.groups";

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private final FakeMembership members = new FakeMembership();
  private MemoryTree tree;
  private CgroupFs fs;

  @BeforeEach
  void mount() {
    mount(Profiles.LWN_2011.relaxed());
  }

  private void mount(KernelProfile profile) {
    tree = trees.newTree(profile, members);
    fs =
        new CgroupFs(
            tree.tree(),
            ServedStandIns.of(tree.tree()),
            SizeMode.EXACT,
            Sharing.byDefault(OWNER).knowing(GroupsFileOpsTest::reader),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    trees.watchHandles(fs::openHandles);
  }

  private static Readers.Reader reader(Caller caller) {
    return new Readers.Reader() {
      @Override
      public boolean isIn(int gid) {
        return caller.equals(FRIEND) && gid == 1000;
      }

      @Override
      public @Nullable String process(String process, int uid) {
        return process;
      }
    };
  }

  private void echo(String text, String path) throws ErrnoException {
    long handle = fs.open(OWNER, path, new OpenFlags(false, false));
    try {
      fs.write(OWNER, handle, text.getBytes(ISO_8859_1));
    } finally {
      fs.release(handle);
    }
  }

  private String cat(Caller caller, String path) throws ErrnoException {
    long handle = fs.open(caller, path, new OpenFlags(false, false));
    try {
      return new String(fs.read(caller, handle, 0, 1 << 20), ISO_8859_1);
    } finally {
      fs.release(handle);
    }
  }

  private Map<String, Row> table(Caller caller, String path) throws ErrnoException {
    Map<String, Row> rows = new LinkedHashMap<>();
    byte[] text = cat(caller, path).getBytes(ISO_8859_1);
    GroupsTable.parse(text, text.length, rows::put);
    return rows;
  }

  /** Or else the text of a deep tree would grow with the square of its depth. */
  @Test
  void groupsThatNoPathNamesAreLeftOut() throws Exception {
    CgroupTree groups = tree.tree();
    String name = "d".repeat(200);
    Cgroup at = groups.root();
    for (int i = 0; i < 100; i++) {
      at = groups.mkdir(at, name);
    }
    assertThat(table(OWNER, "/" + TABLE)).hasSize(1 + 4095 / ("/" + name).length());
  }

  static List<KernelProfile> profiles() {
    return Profiles.all();
  }

  /** Every number is the one that the control file shows; what has no file is not known. */
  @ParameterizedTest
  @MethodSource("profiles")
  void eachNumberIsThatOfItsFile(KernelProfile profile) throws Exception {
    mount(profile.relaxed());
    fs.mkdir(OWNER, "/web", 0755);
    echo("64K", "/web/memory.kmem.tcp.limit_in_bytes");
    echo("4M", "/web/memory.limit_in_bytes");
    echo("1M", "/web/memory.usage_in_bytes");
    for (Map.Entry<String, Row> each : table(OWNER, "/" + TABLE).entrySet()) {
      String group = each.getKey().equals("/") ? "" : each.getKey();
      for (ControlFile row : ControlFiles.all()) {
        Column column = row.column();
        if (column != null && column != Column.PROCS) {
          long expected =
              row.isIn(profile, group.isEmpty())
                  ? column.parsed(cat(OWNER, group + "/" + row.fullName()).trim())
                  : Column.UNKNOWN;
          assertThat(each.getValue().get(column)).as("%s %s", each, column).isEqualTo(expected);
        }
      }
    }
    Row web = table(OWNER, "/" + TABLE).get("/web");
    assertThat(web.get(Column.USAGE)).isEqualTo(1 << 20);
    assertThat(web.get(Column.TCP_LIMIT)).isEqualTo(64 << 10);
  }

  /** One row of the table of files for each column of a control file. */
  @Test
  void noTwoFilesHaveOneColumn() {
    assertThat(ControlFiles.all().stream().map(ControlFile::column).filter(each -> each != null))
        .doesNotHaveDuplicates()
        .hasSize(17);
  }

  @Test
  void theOrderIsThatOfTheTreeAndPathsBeginHere() throws Exception {
    for (String path : List.of("/b", "/a", "/a/z", "/a/c", "/a b", "/x\ny", "/x\ny/\u00ff")) {
      fs.mkdir(OWNER, path, 0755);
    }
    assertThat(table(OWNER, "/" + TABLE).keySet())
        .containsExactly("/", "/a", "/a/c", "/a/z", "/a b", "/b", "/x\\x0ay", "/x\\x0ay/\\xff");
    assertThat(table(OWNER, "/a/" + TABLE).keySet()).containsExactly("/", "/c", "/z");
    fs.rmdir(OWNER, "/a/c");
    assertThat(table(OWNER, "/a/" + TABLE).keySet()).containsExactly("/", "/z");
    assertThat(fs.getattr(OWNER, "/" + TABLE).sizeBytes())
        .isEqualTo(cat(OWNER, "/" + TABLE).length());
  }

  @Test
  void membersAreCounted() throws Exception {
    fs.mkdir(OWNER, "/web", 0755);
    Cgroup web = tree.tree().find("/web");
    members.start(web);
    members.start(web);
    members.start(tree.tree().root());
    Map<String, Row> rows = table(OWNER, "/" + TABLE);
    assertThat(rows.get("/web").get(Column.PROCS))
        .isEqualTo(cat(OWNER, "/web/cgroup.procs").lines().count());
    assertThat(rows.get("/").get(Column.PROCS))
        .isEqualTo(cat(OWNER, "/cgroup.procs").lines().count());
  }

  @Test
  void theFaultsOfOtherFilesAreNotUsedUp() throws Exception {
    fs.mkdir(OWNER, "/web", 0755);
    echo("read * after=3 error=ENODEV group=**", "/sim.fault");
    for (int i = 0; i < 10; i++) {
      assertThat(table(OWNER, "/" + TABLE)).hasSize(2);
    }
    assertThat(cat(OWNER, "/sim.fault")).contains("matched 0, struck 0");
    assertThat(cat(OWNER, "/sim.journal")).doesNotContain(TABLE);
  }

  @Test
  void aGroupThatOneMayNotEnterIsNotThere() throws Exception {
    fs.mkdir(USER, "/u", 0700);
    fs.mkdir(USER, "/u/deep", 0755);
    fs.mkdir(USER, "/friends", 0750);
    fs.mkdir(USER, "/friends/deep", 0755);
    assertThat(table(OTHER, "/" + TABLE).keySet()).containsExactly("/");
    assertThat(table(FRIEND, "/" + TABLE).keySet())
        .containsExactly("/", "/friends", "/friends/deep");
    for (Caller each : List.of(OWNER, USER)) {
      assertThat(table(each, "/" + TABLE)).as("%s", each).hasSize(5);
    }
  }

  /** Who cannot list a directory must know a name to see anything of it. */
  @Test
  void whatCannotBeListedIsNotThere() throws Exception {
    fs.mkdir(USER, "/u", 0711);
    fs.mkdir(USER, "/u/secret", 0755);
    assertThat(table(OTHER, "/" + TABLE).keySet()).containsExactly("/", "/u");
    assertThat(table(OTHER, "/u/secret/" + TABLE)).containsKey("/");
  }

  @Test
  void aFileThatOneMayNotReadHasNoNumber() throws Exception {
    fs.mkdir(USER, "/u", 0755);
    fs.chmod(USER, "/u/memory.usage_in_bytes", 0400);
    fs.chmod(USER, "/u/sim.tcp.stat", 0400);
    fs.chmod(USER, "/u/cgroup.procs", 0600);
    Row seen = table(OTHER, "/" + TABLE).get("/u");
    for (Column each :
        List.of(Column.USAGE, Column.PROCS, Column.PRESSURE, Column.SENT, Column.DROPPED)) {
      assertThat(seen.get(each)).as("%s", each).isEqualTo(Column.UNKNOWN);
    }
    assertThat(seen.get(Column.MAX_USAGE)).isZero();
    assertThat(table(USER, "/" + TABLE).get("/u").get(Column.USAGE)).isZero();
    fs.chmod(USER, "/u/" + TABLE, 0400);
    assertThat(table(OTHER, "/" + TABLE)).doesNotContainKey("/u");
  }

  /** Root reads from a handle that a user has opened, and leaves the text there. */
  @Test
  void aHandleShowsWhatBothMaySee() throws Exception {
    fs.mkdir(USER, "/u", 0700);
    long handle = fs.open(OTHER, "/" + TABLE, new OpenFlags(false, false));
    try {
      String text = new String(fs.read(Caller.SELF, handle, 0, 1 << 20), ISO_8859_1);
      assertThat(text).doesNotContain("/u");
    } finally {
      fs.release(handle);
    }
  }
}
