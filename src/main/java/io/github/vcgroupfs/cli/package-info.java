/**
 * The command line, with one class for each command.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cli.Main}, then {@code MountCommand}, which
 * gathers the settings of a {@code daemon.Daemon}.
 *
 * <p><b>Reading order:</b> {@code Main}, {@code MountCommand}, {@code RunCommand}, the other
 * commands; {@code Choices} (options that take one of a few words), {@code Failures} (turns an
 * exception into a line and an exit status).
 *
 * <p><b>Exit status:</b> 0 done, 1 the operation failed, 2 wrong usage, 3 a prerequisite is
 * missing. What went wrong is one line on standard error.
 *
 * <p><b>The launcher:</b> {@code mount-scripts/vcgroupfs} starts this program. For {@code mount} it
 * starts it in the background: with {@code /} as working directory, the user's directory in the
 * property {@code vcgroupfs.cwd}, and a pipe as standard output. When the mount is proven to work,
 * the daemon prints one line and closes both outputs; then the launcher returns. The command line
 * of a daemon ends with its mount point, so that other commands can find it.
 *
 * <p><b>Threading:</b> the main thread; signals run shutdown hooks.
 *
 * <p><b>Lock order:</b> none.
 *
 * <p><b>Not here:</b> anything that other programs call; how the parts of a mount are put together
 * ({@code daemon}).
 *
 * <p><b>Source:</b> nothing of the kernel's.
 */
@NullMarked
package io.github.vcgroupfs.cli;

import org.jspecify.annotations.NullMarked;
