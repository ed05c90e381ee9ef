package io.github.vcgroupfs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there for: an answer that no row of the table has. */
class KernelErrnosTest {
  private static final Key WRITE = new Key("write", "memory.limit_in_bytes", "-", "root");
  private static final int EBUSY = -16;
  private static final int EIO = -5;
  private static final int ENOTCONN = -107;

  private final KernelErrnos errnos = KernelErrnos.load();

  @Test
  void knowsWhatAKernelGives() {
    assertThat(errnos.permits("linux-6.18", WRITE, 3)).isTrue();
    assertThat(errnos.permits("linux-6.18", WRITE, EBUSY)).isTrue();
  }

  @Test
  void anAnswerThatNoKernelGivesIsReportedWithItsCall() {
    Outcomes outcomes = new Outcomes(errnos, "linux-6.18");
    outcomes.add(WRITE, EBUSY, 10, "thread 0, call 1");
    outcomes.add(WRITE, ENOTCONN, 10, "thread 0, call 2");
    assertThat(outcomes.wrong())
        .singleElement()
        .asString()
        .contains("write memory.limit_in_bytes - root: ENOTCONN", "thread 0, call 2");
    assertThat(outcomes.histogram()).containsEntry("EBUSY", 1L).containsEntry("ENOTCONN", 1L);
  }

  @Test
  void whatOneThreadFoundIsNotLostAmongOthers() {
    Outcomes all = new Outcomes(errnos, "linux-6.18");
    Outcomes one = new Outcomes(errnos, "linux-6.18");
    one.add(WRITE, ENOTCONN, 10, "thread 1, call 7");
    all.addAll(new Outcomes(errnos, "linux-6.18"));
    all.addAll(one);
    assertThat(all.wrong()).singleElement().asString().contains("thread 1, call 7");
    assertThat(all.calls()).isOne();
  }

  /** EIO is what our dispatcher makes of a defect. 3.10 also has it for one file. */
  @Test
  void onlyARenameToAnotherParentMayBeAnInputOutputError() {
    assertThat(rows())
        .filteredOn(row -> row.errnos().contains("EIO"))
        .filteredOn(row -> !row.subject().equals("memory.kmem.slabinfo"))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.call()).isEqualTo("renameat2");
              assertThat(row.variant().split("[|]")).allMatch(each -> each.endsWith("other"));
            });
    assertThat(errnos.permits("linux-6.18", WRITE, EIO)).isFalse();
  }

  @Test
  void everyRowIsOfAProfileThatThereIsAndOfACallThatIsMade() {
    List<String> calls = Stream.of(Sys.values()).map(Sys::word).toList();
    List<String> profiles = Profiles.all().stream().map(KernelProfile::id).toList();
    assertThat(rows())
        .allSatisfy(
            row -> {
              assertThat(calls).contains(row.call().split("[|]"));
              if (!row.profiles().equals("*")) {
                assertThat(profiles).contains(row.profiles().split("[|]|\\.\\."));
              }
            });
  }

  @Test
  void aRowIsForItsProfilesAlone() {
    KernelErrnos old =
        KernelErrnos.of(
            List.of(
                KernelErrnos.Row.of(
                    "fsync\tfile\t-\t*\tEINVAL\tlinux-3.3..linux-4.4\tfs/sync.c vfs_fsync_range")));
    Key key = new Key("fsync", "file", "-", "user");
    assertThat(old.permits("linux-3.10", key, -22)).isTrue();
    assertThat(old.permits("linux-4.9", key, -22)).isFalse();
    assertThat(old.permits("linux-3.10", new Key("fsync", "group", "-", "user"), -22)).isFalse();
  }

  @Test
  void aRowWithoutASourceOrWithAnUnknownErrnoIsRefused() {
    assertThatThrownBy(() -> KernelErrnos.Row.of("read\t*\t*\t*\tEIO\t*\t "))
        .hasMessageContaining("no source");
    assertThatThrownBy(() -> KernelErrnos.Row.of("read\t*\t*\t*\tENONE\t*\tx"))
        .hasMessageContaining("ENONE");
  }

  @Test
  void rowsThatAreJoinedSayTheSame() {
    List<KernelErrnos.Row> rows =
        Stream.of(
                "read\ta\t-\troot\tEIO\t*\tx",
                "read\ta\t-\tuser\tEIO\t*\tx",
                "read\tb\t-\troot\tEIO\t*\tx",
                "read\tb\t-\tuser\tEIO\t*\tx",
                "read\tb\t-\tuser\tEPERM\t*\tx")
            .map(KernelErrnos.Row::of)
            .toList();
    List<String> joined = KernelErrnos.Row.joined(rows);
    assertThat(joined).hasSizeLessThan(rows.size());
    KernelErrnos same = KernelErrnos.of(joined.stream().map(KernelErrnos.Row::of).toList());
    for (String subject : List.of("a", "b")) {
      for (String user : List.of("root", "user")) {
        Key key = new Key("read", subject, "-", user);
        assertThat(same.permits("linux-6.18", key, EIO)).as("%s", key).isTrue();
        assertThat(same.permits("linux-6.18", key, -1))
            .as("EPERM, %s", key)
            .isEqualTo(subject.equals("b") && user.equals("user"));
      }
    }
  }

  private static List<KernelErrnos.Row> rows() {
    return Stream.of(KernelErrnos.SEEN, KernelErrnos.CITED)
        .flatMap(file -> KernelErrnos.rows(file).stream())
        .toList();
  }
}
