package io.github.vcgroupfs.conformance;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What every suite needs: mounts that go when the test ends. */
abstract class MountedSuite {
  private final List<CgroupMount> mounts = new ArrayList<>();

  /** A fresh mount. */
  abstract CgroupMount newMount(CgroupMount.Options options);

  /** A mount that no test can tell from a fresh one but by what it remembers of old calls. */
  CgroupMount likeNewMount(CgroupMount.Options options) {
    return newMount(options);
  }

  /** A mount that looks fresh, given back after the test. */
  final CgroupMount mount(CgroupMount.Options options) {
    return untilTheEnd(likeNewMount(options));
  }

  /** A mount that nobody had before, closed after the test: for tests of what it remembers. */
  final CgroupMount freshMount(CgroupMount.Options options) {
    return untilTheEnd(newMount(options));
  }

  private CgroupMount untilTheEnd(CgroupMount mount) {
    mounts.add(mount);
    return mount;
  }

  /** The root of a mount with no options. */
  final Cgroup root() {
    return mount(CgroupMount.Options.DEFAULT).root();
  }

  @AfterEach
  final void unmount() {
    mounts.forEach(CgroupMount::close);
  }
}
