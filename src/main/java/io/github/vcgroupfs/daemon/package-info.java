/**
 * The daemon, which is the process that serves a mount. It puts the parts of the program together,
 * writes a log, and can be recognised by its command line.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.daemon.Daemon}, where the model, the files and
 * the mount are put together.
 *
 * <p><b>Reading order:</b> {@code Daemon}, {@code Daemons} (starts and recognises daemons), {@code
 * TemporaryMount} (a daemon for the duration of one command), {@code LastResort} (ends it when
 * there is no memory left); {@code LogFile}, {@code LogHandler}, {@code LogLevel}, {@code
 * ProgramLogManager}.
 *
 * <p><b>Threading:</b> the main thread puts everything together and waits for the end of the mount;
 * signals run shutdown hooks. The log may be written from any thread.
 *
 * <p><b>Lock order:</b> none; {@code LogHandler}'s monitor is a leaf.
 *
 * <p><b>Not here:</b> options and messages of commands ({@code cli}); how a mount is made and ended
 * ({@code fuse}, {@code mount}).
 *
 * <p><b>Source:</b> nothing of the kernel's.
 */
@NullMarked
package io.github.vcgroupfs.daemon;

import org.jspecify.annotations.NullMarked;
