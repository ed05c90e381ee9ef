/**
 * The command line: one class a command, and the place where the parts of the program are put
 * together.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cli.Main}, then {@code MountCommand} and {@code
 * Daemon}, the composition root.
 *
 * <p><b>Exit status:</b> 0 done, 1 the operation failed, 2 wrong usage, 3 a prerequisite is
 * missing. What went wrong is one line on standard error.
 *
 * <p><b>The launcher:</b> {@code mount-scripts/vcgroupfs} starts this program; for {@code mount} in
 * the background with {@code /} as working directory, the user's in the property {@code
 * vcgroupfs.cwd}, and a pipe as standard output. When the mount is proven one line is printed and
 * both outputs are closed, which is how the launcher knows. The command line of a daemon ends with
 * its mount point, which is how other commands find it.
 *
 * <p><b>Threading:</b> the main thread; signals run shutdown hooks.
 *
 * <p><b>Not here:</b> anything that another program could want to call.
 */
@NullMarked
package io.github.vcgroupfs.cli;

import org.jspecify.annotations.NullMarked;
