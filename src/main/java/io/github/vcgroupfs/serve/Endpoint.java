package io.github.vcgroupfs.serve;

/**
 * One thing to ask for.
 *
 * @param path where it is, exactly
 * @param need what a request must have
 * @param route what answers
 */
public record Endpoint(String path, Need need, Route route) {}
