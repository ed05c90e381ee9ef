/**
 * The same calls of {@code java.nio.file} and {@code java.nio.channels} on three roots, compared
 * call by call: the kernel's own hierarchy of this machine, a mount of ours, and the file system in
 * the JVM.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.differential.Differential}, the program. A
 * {@link io.github.vcgroupfs.differential.Script} is made from a seed; a {@link
 * io.github.vcgroupfs.differential.World} is a root to play it on; {@link
 * io.github.vcgroupfs.differential.Rules} says what is not compared, and {@link
 * io.github.vcgroupfs.differential.Accepted} which differences are known.
 *
 * <p>Which methods there are comes from reflection, so that a method of a newer JDK is called too.
 */
package io.github.vcgroupfs.differential;
