package io.github.vcgroupfs.conformance;

/** The suite over {@code java.nio}. */
class NioWorkedExamplesTest extends WorkedExamplesSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new NioMount(options);
  }
}
