package io.github.vcgroupfs.blkio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.BlockDevice;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.ControllerFs;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for devices, by kernel. What 6.18 answers was asked with loop devices of a real one. */
class BlkioTest {
  private static final String READ_BPS = "a/blkio.throttle.read_bps_device";
  private static final String WRITE_BPS = "a/blkio.throttle.write_bps_device";
  private static final String READ_IOPS = "a/blkio.throttle.read_iops_device";

  /** Disks 7:0 and 7:1, a partition 7:2, and a disk 7:3 that BFQ schedules. */
  private static final class Disks implements Machine {
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
      return TWO_PROCESSORS.memoryNodes();
    }

    @Override
    public Optional<BlockDevice> blockDevice(int major, int minor) {
      return major == 7 && minor <= 3
          ? Optional.of(new BlockDevice(minor == 2, minor == 3 ? "bfq" : "none"))
          : Optional.empty();
    }
  }

  private static ControllerFs mount(String profile) throws Exception {
    ControllerFs fs = new ControllerFs(profile, "blkio", new Disks());
    fs.mkdir("a");
    return fs;
  }

  @ParameterizedTest
  @CsvSource({
    "7:0 1000, 7:0 1000",
    "0:7340032 2000, 7:0 2000",
    "' 7: 0 4000x', 7:0 4000",
    "4294967303:0 6, 7:0 6",
    "7:0 18446744073709551617, 7:0 1",
    "'7:0\t9\n', 7:0 9",
    "7:0 010, 7:0 10"
  })
  void takesWhatSscanfTakes(String written, String shown) throws Exception {
    ControllerFs fs = mount("linux-6.18");
    fs.write(READ_BPS, written);
    assertThat(fs.read(READ_BPS)).isEqualTo(shown + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "7:0, EINVAL",
    "7:0 abc, EINVAL",
    "7:0 max, EINVAL",
    "7:0 -1, EINVAL",
    "7:0 +1, EINVAL",
    "7:0:1 5, EINVAL",
    "7:0=5, EINVAL",
    "7 5, EINVAL",
    "-7:0 5, EINVAL",
    "default 5, EINVAL",
    "7:9 abc, ENODEV",
    "999:999 5, ENODEV",
    "7:2 5, ENODEV"
  })
  void refusesWhatTheKernelRefuses(String written, Errno errno) throws Exception {
    mount("linux-6.18").refuses(READ_BPS, written, errno);
  }

  /** {@code hlist_add_head}: the newest is listed first, wherever it was touched first. */
  @Test
  void theNewestDeviceIsListedFirst() throws Exception {
    ControllerFs fs = mount("linux-6.1");
    fs.write(READ_BPS, "7:0 1");
    fs.write(WRITE_BPS, "7:1 2");
    fs.write(READ_BPS, "7:1 3");
    fs.write(READ_BPS, "7:0 4");
    assertThat(fs.read(READ_BPS)).isEqualTo("7:1 3\n7:0 4\n");
    fs.write(READ_BPS, "7:1 0");
    assertThat(fs.read(READ_BPS)).isEqualTo("7:0 4\n");
  }

  @Test
  void operationsAreKeptIn32Bits() throws Exception {
    ControllerFs fs = mount("linux-6.18");
    fs.write(READ_IOPS, "7:0 4294967296");
    assertThat(fs.read(READ_IOPS)).isEqualTo("7:0 0\n");
    fs.write(READ_IOPS, "7:0 4294967295");
    assertThat(fs.read(READ_IOPS)).isEmpty();
    fs.write(READ_IOPS, "7:0 4294967297");
    assertThat(fs.read(READ_IOPS)).isEqualTo("7:0 1\n");
  }

  /** Even a refused number makes what the group, and those above it, have for the device. */
  @Test
  void aRuleMakesTheLinesOfStatistics() throws Exception {
    ControllerFs fs = mount("linux-6.18");
    fs.mkdir("a/b");
    fs.mkdir("c");
    fs.refuses("a/b/blkio.throttle.read_bps_device", "7:0 abc", Errno.EINVAL);
    String lines =
        "7:0 Read 0\n7:0 Write 0\n7:0 Sync 0\n7:0 Async 0\n7:0 Discard 0\n7:0 Total 0\nTotal 0\n";
    for (String group : new String[] {"a/b/", "a/", ""}) {
      assertThat(fs.read(group + "blkio.throttle.io_serviced")).isEqualTo(lines);
      assertThat(fs.read(group + "blkio.bfq.io_serviced")).isEqualTo("Total 0\n");
    }
    assertThat(fs.read("c/blkio.throttle.io_serviced")).isEqualTo("Total 0\n");
    fs.write("c/blkio.reset_stats", "1");
    fs.refuses("c/blkio.reset_stats", "x", Errno.EINVAL);
  }

  @Test
  void discardsHaveNoLineBefore419() throws Exception {
    ControllerFs fs = mount("linux-4.9");
    fs.write(READ_BPS, "7:0 5");
    assertThat(fs.read("a/blkio.throttle.io_serviced")).doesNotContain("Discard");
    assertThat(fs.read("a/blkio.time")).isEqualTo("7:0 0\n");
    assertThat(fs.read("a/blkio.io_queued_recursive")).endsWith("7:0 Total 0\nTotal 0\n");
  }

  /** {@code blkg_conf_prep} of 3.5 to 4.2: no error but EINVAL, and all is read first. */
  @Test
  void until42EverythingWrongIsEinval() throws Exception {
    ControllerFs fs = mount("linux-3.10");
    fs.refuses(READ_BPS, "9:9 5", Errno.EINVAL);
    fs.refuses(READ_BPS, "7:2 5", Errno.EINVAL);
    fs.refuses(READ_BPS, "7:0 abc", Errno.EINVAL);
    assertThat(fs.read("a/blkio.throttle.io_serviced")).isEqualTo("Total 0\n");
    fs.write(READ_BPS, "\n7:0\n5x\n");
    assertThat(fs.read(READ_BPS)).isEqualTo("7:0 5\n");
    assertThat(fs.read("blkio.io_serviced")).contains("7:0 Sync 0\n");
  }

  /** {@code blkio_policy_parse_and_set}. */
  @Test
  void until34RulesAreAListOfTheirOwn() throws Exception {
    ControllerFs fs = mount("linux-3.3");
    fs.write(READ_BPS, "7:0  1");
    fs.write(WRITE_BPS, "7:1 2");
    fs.write(READ_BPS, "7:1 3\n");
    assertThat(fs.read(READ_BPS)).isEqualTo("7:1\t3\n7:0\t1\n");
    assertThat(fs.read("a/blkio.throttle.io_serviced")).isEqualTo("Total 0\n");
    fs.refuses(READ_BPS, "9:9 5", Errno.ENODEV);
    fs.refuses(READ_BPS, "7:2 5", Errno.ENODEV);
    fs.write(READ_BPS, "9:9 0"); // a rule is taken away without a look at the device
    fs.refuses(READ_BPS, "7:0\t5", Errno.EINVAL);
    fs.refuses(READ_BPS, "7:0 5 6", Errno.EINVAL);
    fs.refuses(READ_BPS, "7:0 5x", Errno.EINVAL);
    fs.refuses(READ_BPS, "7:0 0x5", Errno.EINVAL);
    fs.refuses(READ_BPS, "7:0 18446744073709551616", Errno.EINVAL);
    fs.refuses(READ_IOPS, "7:0 4294967296", Errno.EINVAL);
    fs.write(READ_BPS, "7:1 0");
    assertThat(fs.read(READ_BPS)).isEqualTo("7:0\t1\n");
    assertThat(fs.read(WRITE_BPS)).isEqualTo("7:1\t2\n");
  }

  /** {@code max_write_len} of 256, against the 64 of other files. */
  @Test
  void old64ByteBuffersAreNotForRules() throws Exception {
    ControllerFs fs = mount("linux-3.10");
    fs.write(READ_BPS, " ".repeat(249) + "7:0 55");
    fs.refuses(READ_BPS, " ".repeat(250) + "7:0 55", Errno.E2BIG);
  }

  @Test
  void weightsUnderCfq() throws Exception {
    ControllerFs fs = mount("linux-4.4");
    assertThat(fs.read("blkio.weight")).isEqualTo("1000\n");
    assertThat(fs.read("a/blkio.weight")).isEqualTo("500\n");
    assertThat(fs.read("a/blkio.leaf_weight")).isEqualTo("500\n");
    fs.write("a/blkio.weight", "10");
    fs.refuses("a/blkio.weight", "9", Errno.ERANGE);
    fs.refuses("a/blkio.weight", "1001", Errno.ERANGE);
    assertThat(fs.read("a/blkio.weight")).isEqualTo("10\n");
    assertThat(fs.read("a/blkio.leaf_weight")).isEqualTo("500\n");
    fs.write("a/blkio.weight_device", "7:0 300");
    fs.refuses("a/blkio.weight_device", "7:0 5", Errno.ERANGE);
    assertThat(fs.read("a/blkio.weight_device")).isEqualTo("7:0 300\n");
    fs.write("a/blkio.weight_device", "7:0 default");
    assertThat(fs.read("a/blkio.weight_device")).isEmpty();
    fs.write("blkio.weight", "700"); // on the root it is that of its own tasks
    assertThat(fs.read("blkio.leaf_weight")).isEqualTo("700\n");
    fs.write("blkio.weight_device", "7:1 200");
    assertThat(fs.read("blkio.leaf_weight_device")).isEqualTo("7:1 200\n");
  }

  @Test
  void olderWeightsAreEinval() throws Exception {
    mount("linux-3.10").refuses("a/blkio.weight", "9", Errno.EINVAL);
    mount("linux-3.3").refuses("a/blkio.weight", "1001", Errno.EINVAL);
    mount("linux-3.3").refuses("a/blkio.weight_device", "7:0 9", Errno.EINVAL);
    mount("linux-3.10").refuses("a/blkio.weight_device", "7:0 default", Errno.EINVAL);
  }

  @Test
  void weightsUnderBfq() throws Exception {
    ControllerFs fs = mount("linux-6.18");
    String all = "a/blkio.bfq.weight";
    String device = "a/blkio.bfq.weight_device";
    assertThat(fs.read(all)).isEqualTo("100\n");
    assertThat(fs.read(device)).isEqualTo("default 100\n");
    fs.write(device, "default  9\n");
    assertThat(fs.read(all)).isEqualTo("9\n");
    fs.write(device, "0x20");
    assertThat(fs.read(all)).isEqualTo("32\n");
    fs.refuses(all, "0", Errno.ERANGE);
    fs.refuses(device, "default 1001", Errno.ERANGE);
    fs.refuses(device, "\n", Errno.ERANGE);
    fs.refuses(device, "default x", Errno.EINVAL);
    fs.refuses(device, "12abc", Errno.EINVAL);
    fs.refuses(device, "7:0 100", Errno.EOPNOTSUPP);
    fs.refuses(device, "9:9 1", Errno.ENODEV);
    fs.write(device, "7:3 200");
    assertThat(fs.read(device)).isEqualTo("default 32\n7:3 200\n");
    assertThat(fs.read("a/blkio.bfq.io_serviced")).contains("7:3 Read 0\n");
    fs.refuses(device, "7:3 0", Errno.ERANGE);
    fs.refuses(device, "7:3 1001", Errno.ERANGE);
    fs.write(device, "7:3 default");
    assertThat(fs.read(device)).isEqualTo("default 32\n");
    fs.write(device, "7:3 200");
    fs.write(all, "50"); // takes away the weights of single disks
    assertThat(fs.read(device)).isEqualTo("default 50\n");
  }

  @Test
  void sumsOfThrottlingCameWith416() throws Exception {
    String name = "blkio.throttle.io_serviced_recursive";
    assertThat(mount("linux-4.9").files(false)).doesNotContain(name);
    assertThat(mount("linux-4.19").files(false)).contains(name, "blkio.io_serviced_recursive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-5.10", "linux-6.1"})
  void neitherCfqNorBfqInDebians(String profile) throws Exception {
    assertThat(mount(profile).files(false))
        .contains("blkio.throttle.io_serviced_recursive")
        .noneMatch(name -> name.contains("bfq") || name.contains("weight"));
  }
}
