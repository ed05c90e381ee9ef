/**
 * Fuzzing of a mount: threads of several users make system calls by chance, right ones and wrong
 * ones, and every errno is looked up in a table of what kernels answer there.
 *
 * <p>The program behind {@code mount-scripts/fuzz} is {@code Fuzz}; {@code FuzzIT} runs a small
 * part of it in {@code verify}. A call is made from three numbers alone: the seed, the thread and
 * how many the thread has made. So a seed repeats a run, as far as threads can be repeated.
 *
 * <p><b>Start here:</b> {@code Fuzz}; {@code Worker} (one thread), {@code PathCalls} and {@code
 * HandleCalls} (what it can do), {@code KernelErrnos} (what may come back).
 */
package io.github.vcgroupfs.fuzz;
