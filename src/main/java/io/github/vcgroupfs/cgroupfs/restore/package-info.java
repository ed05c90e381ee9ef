/**
 * Restores a hierarchy that was recorded on another machine: groups, values, owners and modes. What
 * the model can hold is put into it. The rest is shown as it was recorded, until somebody writes to
 * the file.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.cgroupfs.restore.Restorer}.
 *
 * <p><b>Reading order:</b> {@code RecordedGroup}, {@code RecordedMembers}, {@code Restorer}, {@code
 * RecordedTexts}, {@code RecordedHandler}.
 *
 * <p><b>Threading:</b> a restorer runs before the mount is served, on one thread. The texts that it
 * leaves behind are thread-safe.
 *
 * <p><b>Errors:</b> a value that this kernel refuses is no error: the file then shows the recorded
 * text.
 *
 * <p><b>Not here:</b> files in YAML and their words ({@code fixture}); how a value gets into the
 * model, which is up to each handler ({@code cgroupfs.file.Restorable}).
 */
@NullMarked
package io.github.vcgroupfs.cgroupfs.restore;

import org.jspecify.annotations.NullMarked;
