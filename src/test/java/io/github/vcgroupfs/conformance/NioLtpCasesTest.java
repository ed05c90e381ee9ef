package io.github.vcgroupfs.conformance;

/** The cases over {@code java.nio}. */
class NioLtpCasesTest extends LtpCasesSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new NioMount(options);
  }
}
