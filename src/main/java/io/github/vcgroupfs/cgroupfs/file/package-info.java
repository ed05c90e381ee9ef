/**
 * What a control file is: a row of a table, the handler that reads and writes it, and the table of
 * one mount.
 *
 * <p>Whoever adds a controller starts here. A controller has a list of rows ({@link
 * io.github.vcgroupfs.cgroupfs.file.ControlFile}), each with a {@link
 * io.github.vcgroupfs.cgroupfs.file.Handler}. Most files need no handler of their own: {@code
 * NumberHandler} is for a number, {@code ReportHandler} for text that is only read.
 *
 * <p>Rows are data. They are the same in every mount and keep no state. The rest comes with each
 * call, in a {@link io.github.vcgroupfs.cgroupfs.file.FileTarget}: the mount, the group, the
 * caller. The kernel does the same: {@code struct cftype} is a static array, and the group comes
 * with the open file.
 *
 * <p><b>Reading order:</b> {@code ControlFile}, {@code Handler}, {@code FileTarget}, {@code
 * FileTable}, {@code Served}, {@code Restorable}.
 *
 * <p><b>Threading:</b> rows and tables do not change once a mount is served. Handlers are called
 * from any thread.
 *
 * <p><b>Not here:</b> the rows themselves. Those of every hierarchy are in {@code cgroupfs.core},
 * those of a controller with the controller, and {@code controllers.ControlFiles} puts them
 * together.
 *
 * <p><b>Source:</b> {@code include/linux/cgroup-defs.h struct cftype}.
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.file;

import org.jspecify.annotations.NullMarked;
