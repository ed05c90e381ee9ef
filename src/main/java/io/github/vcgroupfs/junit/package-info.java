/**
 * For tests with JUnit Jupiter: a virtual cgroup v1 hierarchy for each test, in this JVM or on a
 * mount.
 *
 * <pre>{@code
 * @VirtualCgroup(profile = "linux-6.1")
 * class LimiterTest {
 *   @Test
 *   void lowersTheLimit(Path root, Cgroups cgroups) throws IOException {
 *     Group web = cgroups.create("/web");
 *     new Limiter(root.resolve("web")).limit("64M");
 *     assertEquals("67108864\n", web.read("memory.limit_in_bytes"));
 *   }
 * }
 * }</pre>
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.junit.VirtualCgroup}, the annotation. It and
 * {@link io.github.vcgroupfs.junit.Mode} are all that tests see of this package. What they get as
 * parameters is in {@code nio}.
 *
 * <p><b>Reading order:</b> {@code VirtualCgroup}; {@code VirtualCgroupExtension} (what happens
 * when); {@code Annotations}, {@code Settings} (which attributes count); {@code Hierarchy} with its
 * two kinds, {@code InJvm} and {@code Mounted}; {@code FailureReport}.
 *
 * <p><b>Threading:</b> tests may run at the same time. What is kept is in stores of JUnit; what one
 * test uses is its own.
 *
 * <p><b>Needs</b> JUnit Jupiter from 5.14 on, or 6. A mount needs what {@code vcgroupfs mount}
 * needs.
 *
 * <p><b>Not here:</b> anything that a hierarchy does ({@code nio}, and the program itself).
 */
@NullMarked
package io.github.vcgroupfs.junit;

import org.jspecify.annotations.NullMarked;
