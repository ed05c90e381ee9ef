/**
 * The numbers that one can know of a group, and the table that has them: the file {@code
 * sim.groups}. The side that writes the table and the side that reads it have both from here.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.columns.Column}.
 *
 * <p><b>Threading:</b> constants, values, and functions without state.
 *
 * <p><b>Not here:</b> who writes the table ({@code cgroupfs.GroupsFile}) and who reads it ({@code
 * watch}).
 */
@NullMarked
package io.github.vcgroupfs.columns;

import org.jspecify.annotations.NullMarked;
