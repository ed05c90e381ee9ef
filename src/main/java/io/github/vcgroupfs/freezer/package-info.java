/**
 * The freezer controller: stops all members of a group and of the groups below it, and lets them go
 * on. A group is FREEZING from the write until all of them have stopped; then it is FROZEN.
 *
 * <p>The states are kept here. Whether real processes are stopped is up to a port, {@link
 * io.github.vcgroupfs.freezer.Stopper}: {@code --freezer off} stops nobody, {@code --freezer
 * signals} sends signals (package {@code signals}).
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.freezer.FreezerFiles}, the table of files;
 * {@link io.github.vcgroupfs.freezer.FreezerController}, the controller.
 *
 * <p><b>Reading order:</b> {@code FreezerGroup} (what is kept of a group), {@code
 * FreezerController} (how states follow from each other), {@code FreezerStateHandler} (the text).
 *
 * <p><b>Threading:</b> any thread. States change under the hierarchy's lock.
 *
 * <p><b>Not here:</b> signals and processes.
 *
 * <p><b>Source:</b> {@code kernel/cgroup/legacy_freezer.c}, before 4.14 {@code
 * kernel/cgroup_freezer.c}.
 */
@NullMarked
package io.github.vcgroupfs.freezer;

import org.jspecify.annotations.NullMarked;
