/**
 * Makes man pages, and completions for bash, zsh and fish, out of the options that picocli reads.
 * Not in the program's jar.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.manual.Manual}, then {@code Program}.
 *
 * <p><b>Source:</b> the texts beside the options are files in {@code src/manual/man}, the parts of
 * the scripts that never change are in {@code src/manual/completions} (decision 43).
 */
package io.github.vcgroupfs.manual;
