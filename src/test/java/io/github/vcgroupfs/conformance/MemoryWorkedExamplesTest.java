package io.github.vcgroupfs.conformance;

/** The suite without FUSE. */
class MemoryWorkedExamplesTest extends WorkedExamplesSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new MemoryMount(options);
  }
}
