package io.github.vcgroupfs.conformance;

/** The rulings over {@code java.nio}. */
class NioRulingsTest extends LwnRulingsSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new NioMount(options);
  }
}
