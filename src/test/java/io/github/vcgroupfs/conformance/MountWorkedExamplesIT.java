package io.github.vcgroupfs.conformance;

import io.github.vcgroupfs.testing.EnabledIfFuseAvailable;

/** The suite over a real mount. */
@EnabledIfFuseAvailable
class MountWorkedExamplesIT extends WorkedExamplesSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new RealMount(options);
  }
}
