package io.github.vcgroupfs.netcls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.ControllerFs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetClsTest {
  @ParameterizedTest
  @ValueSource(strings = {"lwn-2011", "linux-3.10", "linux-6.18"})
  void theNumberHas32BitsAndGoesToNewGroups(String profile) throws Exception {
    ControllerFs fs = new ControllerFs(profile, "net_cls", Machine.TWO_PROCESSORS);
    fs.mkdir("a");
    fs.mkdir("a/old");
    assertThat(fs.read("a/net_cls.classid")).isEqualTo("0\n");
    fs.write("a/net_cls.classid", "0x100001");
    fs.mkdir("a/new");
    assertThat(fs.read("a/new/net_cls.classid")).isEqualTo("1048577\n");
    assertThat(fs.read("a/old/net_cls.classid")).isEqualTo("0\n");
    fs.write("net_cls.classid", "4294967298");
    assertThat(fs.read("net_cls.classid")).isEqualTo("2\n");
    fs.refuses("a/net_cls.classid", "x", Errno.EINVAL);
  }
}
