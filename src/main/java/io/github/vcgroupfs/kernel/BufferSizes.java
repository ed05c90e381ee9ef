package io.github.vcgroupfs.kernel;

/**
 * A {@code tcp_rmem} or {@code tcp_wmem} triple, in bytes.
 *
 * @param minBytes guaranteed even under pressure
 * @param defaultBytes what a new socket starts with
 * @param maxBytes where auto-tuning ends
 */
public record BufferSizes(int minBytes, int defaultBytes, int maxBytes) {}
