/**
 * How far something is that takes long: a line on the terminal of whoever waits.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.progress.Progress}.
 *
 * <p><b>Threading:</b> one thread for each line that is shown. It asks what to say, and no more:
 * who works does not wait for it.
 *
 * <p><b>Not here:</b> the first build, which a shell script does ({@code mount-scripts/vcgroupfs}).
 */
@NullMarked
package io.github.vcgroupfs.progress;

import org.jspecify.annotations.NullMarked;
