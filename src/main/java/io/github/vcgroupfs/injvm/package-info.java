/**
 * A whole mount inside the JVM, for tests: hierarchies, a made-up machine, made-up processes, and
 * time that moves when the test says so. There is no FUSE, no native code and no {@code /proc}, so
 * it runs on every operating system.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.injvm.World}, which puts everything together.
 *
 * <p><b>Reading order:</b> {@code WorldSettings}, {@code World}, {@code Processes} (who is there,
 * and in which group), {@code Eventfds}, {@code CallLog}.
 *
 * <p><b>Threading:</b> thread-safe. The monitors of {@code Processes}, {@code Eventfds} and {@code
 * CallLog} are leaves: nothing of other packages is called under them.
 *
 * <p><b>Not here:</b> what test code calls ({@code nio}), and the parts of a hierarchy that are the
 * same in a daemon ({@code hierarchy}).
 */
@NullMarked
package io.github.vcgroupfs.injvm;

import org.jspecify.annotations.NullMarked;
