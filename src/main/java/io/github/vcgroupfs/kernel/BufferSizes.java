package io.github.vcgroupfs.kernel;

/**
 * The three numbers of {@code tcp_rmem} or {@code tcp_wmem}, in bytes.
 *
 * @param minBytes every socket gets this much, even under pressure
 * @param defaultBytes the size that a new socket starts with
 * @param maxBytes the size up to which the kernel lets a buffer grow by itself
 */
public record BufferSizes(int minBytes, int defaultBytes, int maxBytes) {}
