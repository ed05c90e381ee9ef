package io.github.vcgroupfs.conformance;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What every suite needs: mounts that go when the test ends. */
abstract class MountedSuite {
  private final List<CgroupMount> mounts = new ArrayList<>();

  /** A fresh mount. */
  abstract CgroupMount newMount(CgroupMount.Options options);

  /** A fresh mount, closed after the test. */
  final CgroupMount mount(CgroupMount.Options options) {
    CgroupMount mount = newMount(options);
    mounts.add(mount);
    return mount;
  }

  /** The root of a fresh mount with no options. */
  final Cgroup root() {
    return mount(CgroupMount.Options.DEFAULT).root();
  }

  @AfterEach
  final void unmount() {
    mounts.forEach(CgroupMount::close);
  }
}
