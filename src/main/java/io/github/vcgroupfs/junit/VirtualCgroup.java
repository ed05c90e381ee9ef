package io.github.vcgroupfs.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives every test a virtual cgroup v1 hierarchy of its own.
 *
 * <p><b>Parameters.</b> Test methods, {@code @BeforeEach} and {@code @AfterEach} methods and the
 * constructor of the test class may ask for
 *
 * <ul>
 *   <li>{@link java.nio.file.Path}: the root directory. Not if the parameter has an annotation of
 *       somebody else, such as {@code @TempDir}, and not if it takes an argument of a
 *       {@code @ParameterizedTest};
 *   <li>{@link io.github.vcgroupfs.nio.Cgroups}: the programmable side, to make groups and
 *       processes, set faults, move time and ask what was written;
 *   <li>{@link io.github.vcgroupfs.nio.VirtualCgroupFileSystem}: the file system; in {@link
 *       Mode#IN_JVM} only.
 * </ul>
 *
 * All of one test get the same hierarchy. Each invocation of a {@code @ParameterizedTest} or a
 * {@code @RepeatedTest} has its own; the dynamic tests of one {@code @TestFactory} share one,
 * because JUnit calls nothing between them. The hierarchy is closed when the test is over, however
 * it ended. Tests may run in parallel.
 *
 * <p><b>One for all tests of a class:</b> {@link #lifecycle lifecycle = PER_CLASS}. Only then may
 * {@code @BeforeAll}, {@code @AfterAll} and the constructor of a {@code @TestInstance(PER_CLASS)}
 * ask for parameters.
 *
 * <p><b>Where it stands.</b> On a method, a class, an interface, or an annotation of your own,
 * which is then used instead of it. Superclasses and interfaces hand it down, and an enclosing
 * class to its {@code @Nested} classes. Several count together, attribute by attribute, and the
 * nearest that names an attribute decides: the method's, then the class's own, then those of its
 * interfaces and superclasses, then those of the enclosing class. {@link #preset} and {@link
 * #fixture} are one question: who names one of them has answered it. With {@link #inherit inherit =
 * false} none further out counts.
 *
 * <p><b>A failing test</b> gets a suppressed exception, so that it stands at the end of the stack
 * trace: the last lines of {@code sim.why} and {@code sim.journal}, what was refused and why, and
 * what was changed. The failure itself stays what it is.
 *
 * <p><b>A value that is wrong</b> is an {@link
 * org.junit.jupiter.api.extension.ExtensionConfigurationException}: one sentence with the value,
 * the place of the annotation, and what would work.
 *
 * <p><b>Mounts.</b> A {@link Mode#MOUNT} test is skipped, as by a failed assumption, where FUSE or
 * a library is missing. With the JUnit configuration parameter, or system property, {@code
 * vcgroupfs.mount.required=true} it fails instead. The mount ends with the test; if the JVM of the
 * test dies, it ends by itself.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(VirtualCgroupExtension.class)
@ResourceLock(providers = MountPlaces.class)
public @interface VirtualCgroup {
  /**
   * The kernel to imitate, such as {@code linux-6.1}. By default that of the fixture or preset,
   * else {@code lwn-2011}.
   */
  String profile() default "";

  /**
   * The controllers, such as {@code memory,cpu}: names between commas, each with a hierarchy of its
   * own; those joined by {@code +} share one; {@code name=X} is a hierarchy without a controller;
   * {@code all} is all that the kernel has. The root is the one hierarchy, or the directory with
   * all of them if there are several. By default those of the fixture or preset, else {@code
   * memory}.
   */
  String controllers() default "";

  /** The name of a known incident to begin with, such as {@code kmem-leak}; by default nothing. */
  String preset() default "";

  /**
   * A file with groups to begin with, as {@code vcgroupfs capture} writes it: {@code
   * classpath:NAME}, looked for from the root of the test's class path, or the name of a file,
   * relative to the working directory, which is the project's for Maven and Gradle. By default
   * none.
   */
  String fixture() default "";

  /**
   * Whether there is only what that kernel has: no {@code sim.*} files, no usage that can be
   * written, sizes of 0. By default false. (An array only so that it can be left out; write {@code
   * strict = true}.)
   */
  boolean[] strict() default {};

  /** Where the hierarchy is; by default {@link Mode#IN_JVM}. Write {@code mode = Mode.MOUNT}. */
  Mode[] mode() default {};

  /**
   * An absolute path. In the JVM: the path of the root, by default below {@code /sys/fs/cgroup}. On
   * a mount: the mount point, an empty directory or one that is not there yet, by default in a
   * temporary folder of its own. Tests that mount on the same place wait for each other, if nothing
   * else runs them at the same time.
   */
  String at() default "";

  /** The seed of all that is random in the model; by default 0. */
  long[] seed() default {};

  /**
   * Whether time stands still until the test moves it with {@code cgroups.advance}. By default true
   * in the JVM. A mount has the time of the clock, and refuses true.
   */
  boolean[] virtualTime() default {};

  /**
   * {@code PER_METHOD}, the default: every test has a hierarchy of its own. {@code PER_CLASS}: all
   * tests of the class share one, and so do those of its {@code @Nested} classes that have no
   * annotation of their own. A method with an annotation has its own in any case; this attribute
   * cannot stand on one.
   */
  Lifecycle[] lifecycle() default {};

  /** Whether annotations further out count for what this one leaves out. */
  boolean inherit() default true;
}
