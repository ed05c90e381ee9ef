package io.github.vcgroupfs.conformance;

import io.github.vcgroupfs.testing.EnabledIfFuseAvailable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite over a real mount. */
@EnabledIfFuseAvailable
class MountRulingsIT extends LwnRulingsSuite {
  @RegisterExtension static final SharedMounts MOUNTS = new SharedMounts();

  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new RealMount(options);
  }

  @Override
  CgroupMount likeNewMount(CgroupMount.Options options) {
    return MOUNTS.take(options);
  }
}
