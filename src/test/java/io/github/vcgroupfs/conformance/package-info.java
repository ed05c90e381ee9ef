/**
 * The story of the file system as one suite, told over anything that has a directory: in memory, on
 * a mount, and, where there is one, on a kernel's own hierarchy.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.conformance.Cgroup}, through which every test
 * works; {@link io.github.vcgroupfs.conformance.CgroupAssert}, how it asserts.
 *
 * <p><b>Suites:</b> {@link io.github.vcgroupfs.conformance.ConformanceSuite} is what
 * kernel-facts.md says of files and directories; {@link
 * io.github.vcgroupfs.conformance.LwnRulingsSuite} and {@link
 * io.github.vcgroupfs.conformance.LwnTrafficSuite} are the sentences of rulings.md, how we read the
 * article, a test each. A suite is abstract: {@code Memory…Test} runs it without FUSE, {@code
 * Mount…IT} over a mount. Nothing in a suite asks where it runs.
 */
package io.github.vcgroupfs.conformance;
