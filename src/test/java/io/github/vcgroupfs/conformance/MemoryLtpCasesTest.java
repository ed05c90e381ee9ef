package io.github.vcgroupfs.conformance;

/** The cases without FUSE. */
class MemoryLtpCasesTest extends LtpCasesSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new MemoryMount(options);
  }
}
