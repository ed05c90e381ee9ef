/**
 * The grammar of our own command files ({@code sim.tcp.flows}, {@code sim.tcp.relay}, {@code
 * sim.fault}): words, numbers, durations and {@code key=value}. A refusal is EINVAL with a sentence
 * that says what would work.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.command.CommandLines}, {@code VERB NAME
 * key=value …}.
 *
 * <p><b>Reading order:</b> {@code CommandLines}, then {@code CommandWords}, which it is made of.
 *
 * <p><b>Threading:</b> any thread: stateless.
 *
 * <p><b>Lock order:</b> none.
 *
 * <p><b>Not here:</b> what a command does; the numbers that the kernel's files take, which have the
 * kernel's own parsers ({@code kernel.Memparse}, {@code kernel.LimitParser}).
 *
 * <p><b>Source:</b> nothing of the kernel's: these files are ours.
 */
@NullMarked
package io.github.vcgroupfs.command;

import org.jspecify.annotations.NullMarked;
