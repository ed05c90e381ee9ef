/**
 * Reads what people write to the command files of this program ({@code sim.tcp.flows}, {@code
 * sim.tcp.relay}, {@code sim.fault}): words, numbers, times and {@code key=value}. A mistake is
 * EINVAL, with a sentence that says what would work.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.command.CommandLines}, {@code VERB NAME
 * key=value …}.
 *
 * <p><b>Reading order:</b> {@code CommandLines}, then {@code CommandWords}.
 *
 * <p><b>Threading:</b> any thread; nothing here has state.
 *
 * <p><b>Lock order:</b> none.
 *
 * <p><b>Not here:</b> what a command does; the numbers in the kernel's files, which are read as the
 * kernel reads them ({@code kernel.Memparse}, {@code kernel.LimitParser}).
 *
 * <p><b>Source:</b> nothing of the kernel's: these files are ours.
 */
@NullMarked
package io.github.vcgroupfs.command;

import org.jspecify.annotations.NullMarked;
