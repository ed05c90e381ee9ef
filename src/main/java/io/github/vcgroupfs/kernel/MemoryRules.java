package io.github.vcgroupfs.kernel;

/**
 * How a kernel's memory controller treats groups.
 *
 * @param useHierarchy what a write to {@code memory.use_hierarchy} does
 * @param treeScope where {@code memory.swappiness} and {@code memory.oom_control} may be written
 * @param forceEmpty what {@code memory.force_empty} does
 * @param kmemLimit what a write to {@code memory.kmem.limit_in_bytes} does
 * @param tcpActivation when new sockets are charged to their group
 * @param rootTcp what {@code kmem.tcp.*} of the root show
 * @param rootTcpLimitBytes what {@code kmem.tcp.limit_in_bytes} of the root reads as
 * @param moveChargeRefused the bits that may not be set in {@code memory.move_charge_at_immigrate}
 * @param maxSwappiness the largest {@code memory.swappiness}
 * @param groupBytes kernel memory that a group's own structures take, charged to its parent; 0: not
 *     counted
 * @param maxGroups how many groups can have an id, the root included
 * @param idsExhausted what mkdir returns when all ids are in use
 */
public record MemoryRules(
    UseHierarchyRule useHierarchy,
    TreeScope treeScope,
    ForceEmptyRule forceEmpty,
    KmemLimitRule kmemLimit,
    TcpActivation tcpActivation,
    RootTcpRule rootTcp,
    long rootTcpLimitBytes,
    long moveChargeRefused,
    int maxSwappiness,
    int groupBytes,
    int maxGroups,
    Errno idsExhausted) {}
