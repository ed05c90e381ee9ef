package io.github.vcgroupfs.traffic;

/**
 * What a flow has moved so far. Immutable.
 *
 * @param name of the flow
 * @param sentBytes that its senders have written
 * @param receivedBytes that its readers have read
 * @param windowBytes that its readers offer now and its senders have not used
 */
public record FlowState(String name, long sentBytes, long receivedBytes, long windowBytes) {}
