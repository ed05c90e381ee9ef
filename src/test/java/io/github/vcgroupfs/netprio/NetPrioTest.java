package io.github.vcgroupfs.netprio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.testing.ControllerFs;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetPrioTest {
  private static final String MAP = "a/net_prio.ifpriomap";

  /** A machine with lo, eth0 and one with the longest name there is. */
  private static final class Wired implements Machine {
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
    public List<String> interfaces() {
      return List.of("lo", "eth0", "abcdefghijklmno");
    }
  }

  private static ControllerFs mount(String profile) throws Exception {
    ControllerFs fs = new ControllerFs(profile, "net_prio", new Wired());
    fs.mkdir("a");
    return fs;
  }

  @Test
  void newGroupsTakeThePrioritiesOfTheirParent() throws Exception {
    ControllerFs fs = mount("linux-6.1");
    fs.write(MAP, "eth0 5");
    fs.mkdir("a/b");
    fs.write(MAP, "eth0 7");
    assertThat(fs.read(MAP)).isEqualTo("lo 0\neth0 7\nabcdefghijklmno 0\n");
    assertThat(fs.read("a/b/net_prio.ifpriomap")).contains("eth0 5\n");
  }

  @ParameterizedTest
  @CsvSource({
    "lo 1, 1",
    "'\nlo\t2\n', 2",
    "lo 1 2, 1",
    "lo 010x, 10",
    "lo 4294967295, 4294967295",
    "lo 4294967296, 0"
  })
  void takesWhatSscanfTakes(String written, String shown) throws Exception {
    ControllerFs fs = mount("linux-5.10");
    fs.write(MAP, written);
    assertThat(fs.read(MAP)).startsWith("lo " + shown + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "lo, EINVAL",
    "lo -1, EINVAL",
    "lo abc, EINVAL",
    "1, EINVAL",
    "nosuchif 1, ENODEV",
    "lo1, EINVAL",
    "eth0lo 1, ENODEV"
  })
  void refusesWhatTheKernelRefuses(String written, Errno errno) throws Exception {
    mount("linux-5.10").refuses(MAP, written, errno);
    mount("linux-3.3").refuses(MAP, written, errno);
  }

  /** {@code cgrp_create} and {@code write_priomap} of 3.3. */
  @Test
  void in33ThereIsOneLevelAndNothingIsInherited() throws Exception {
    ControllerFs fs = mount("linux-3.3");
    fs.write("net_prio.ifpriomap", "lo 5");
    fs.mkdir("c");
    assertThat(fs.read("c/net_prio.ifpriomap")).startsWith("lo 0\n");
    assertThatThrownBy(() -> fs.mkdir("a/b"))
        .isInstanceOfSatisfying(
            ErrnoException.class, no -> assertThat(no.errno()).isEqualTo(Errno.EINVAL));
    fs.refuses(MAP, "lo  5", Errno.EINVAL);
    fs.refuses(MAP, "lo 5x", Errno.EINVAL);
    fs.refuses(MAP, "lo 18446744073709551616", Errno.ERANGE);
    assertThat(fs.read("net_prio.prioidx")).isEqualTo("0\n");
    assertThat(fs.read("a/net_prio.prioidx")).isEqualTo("1\n");
  }

  @Test
  void theSmallestFreeNumberIsTaken() throws Exception {
    ControllerFs fs = mount("linux-6.18");
    assertThat(fs.read("net_prio.prioidx")).isEqualTo("1\n");
    assertThat(fs.read("a/net_prio.prioidx")).isEqualTo("2\n");
    fs.mkdir("b");
    fs.rmdir("a");
    fs.mkdir("c");
    assertThat(fs.read("b/net_prio.prioidx")).isEqualTo("3\n");
    assertThat(fs.read("c/net_prio.prioidx")).isEqualTo("2\n");
  }
}
