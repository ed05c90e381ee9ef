package io.github.vcgroupfs.simulate;

/**
 * Which scenario the samples that follow are of. Immutable.
 *
 * @param name what the scenario calls itself
 * @param kind its kind
 * @param profile the kernel that is simulated
 * @param seconds how long it will probably take; a little more is possible
 */
public record Scene(String name, String kind, String profile, double seconds) {}
