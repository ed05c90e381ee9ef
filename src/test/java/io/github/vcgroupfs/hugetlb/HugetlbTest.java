package io.github.vcgroupfs.hugetlb;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.ControllerFs;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits by kernel, and the files by machine. */
class HugetlbTest {
  private static final String LIMIT = "a/hugetlb.2MB.limit_in_bytes";

  private static ControllerFs mount(String profile) throws Exception {
    ControllerFs fs = new ControllerFs(profile, "hugetlb", Machine.TWO_PROCESSORS);
    fs.mkdir("a");
    return fs;
  }

  /** An aarch64 with two sizes of huge pages and two memory nodes. */
  private static final class Arm implements Machine {
    @Override
    public BitSet possibleCpus() {
      return TWO_PROCESSORS.possibleCpus();
    }

    @Override
    public BitSet onlineCpus() {
      return TWO_PROCESSORS.onlineCpus();
    }

    @Override
    public BitSet memoryNodes() {
      return TWO_PROCESSORS.possibleCpus(); // 0 and 1
    }

    @Override
    public List<Long> hugePageSizes() {
      return List.of(1L << 16, 1L << 25);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linux-3.10, 9223372036854775807, 9223372036854775807, 3145728",
    "linux-4.4, 9223372036854771712, 9223372036854771712, 3145728",
    "linux-4.9, 9223372036854771712, 9223372036852678656, 2097152",
    "linux-6.18, 9223372036854771712, 9223372036852678656, 2097152"
  })
  void limitsAreRoundedToHugePagesFrom47(String profile, String root, String fresh, String three)
      throws Exception {
    ControllerFs fs = mount(profile);
    assertThat(fs.read("hugetlb.2MB.limit_in_bytes")).isEqualTo(root + "\n");
    assertThat(fs.read(LIMIT)).isEqualTo(fresh + "\n");
    fs.write(LIMIT, " 3M\n");
    assertThat(fs.read(LIMIT)).isEqualTo(three + "\n");
    fs.write(LIMIT, "-1");
    assertThat(fs.read(LIMIT)).isEqualTo(fresh + "\n");
    fs.refuses(LIMIT, "max", Errno.EINVAL);
    fs.refuses("hugetlb.2MB.limit_in_bytes", "3M", Errno.EINVAL);
    fs.write("hugetlb.2MB.failcnt", "anything");
    assertThat(fs.read("hugetlb.2MB.failcnt")).isEqualTo("0\n");
    fs.refuses("a/hugetlb.2MB.usage_in_bytes", "0", Errno.EINVAL);
  }

  @Test
  void aLimitIsOneOfFour() throws Exception {
    ControllerFs fs = mount("linux-5.10");
    String unlimited = fs.read("a/hugetlb.1GB.limit_in_bytes");
    fs.write("a/hugetlb.2MB.rsvd.limit_in_bytes", "4M");
    assertThat(fs.read("a/hugetlb.2MB.rsvd.limit_in_bytes")).isEqualTo("4194304\n");
    assertThat(fs.read(LIMIT)).isEqualTo("9223372036852678656\n");
    assertThat(fs.read("a/hugetlb.1GB.limit_in_bytes")).isEqualTo(unlimited);
    fs.mkdir("a/b");
    assertThat(fs.read("a/b/hugetlb.2MB.rsvd.limit_in_bytes")).isEqualTo("9223372036852678656\n");
  }

  @Test
  void theMachineSaysWhichSizesThereAre() throws Exception {
    ControllerFs fs = new ControllerFs("linux-6.1", "hugetlb", new Arm());
    assertThat(fs.files(true))
        .contains("hugetlb.64KB.limit_in_bytes", "hugetlb.32MB.rsvd.failcnt")
        .noneMatch(name -> name.contains("2MB.limit_in_bytes") && !name.contains("32MB"))
        .noneMatch(name -> name.contains("1GB"));
    assertThat(fs.read("hugetlb.64KB.numa_stat"))
        .isEqualTo("total=0 N0=0 N1=0\nhierarchical_total=0 N0=0 N1=0\n");
  }

  @Test
  void filesByKernel() throws Exception {
    assertThat(mount("linux-5.16").files(false))
        .contains("hugetlb.2MB.rsvd.failcnt")
        .doesNotContain("hugetlb.2MB.numa_stat");
    assertThat(mount("linux-6.1").files(false)).contains("hugetlb.2MB.numa_stat");
    assertThat(mount("linux-4.19").files(false))
        .contains("hugetlb.1GB.failcnt")
        .noneMatch(name -> name.contains("rsvd"));
  }
}
