package io.github.vcgroupfs.kernel;

/**
 * How a kernel's memory controller treats groups: the part of a profile that no other controller
 * reads.
 *
 * @param useHierarchy what a write to {@code memory.use_hierarchy} does
 * @param treeScope where {@code memory.swappiness} and {@code memory.oom_control} may be written
 * @param forceEmpty what {@code memory.force_empty} does
 * @param kmemLimit what a write to {@code memory.kmem.limit_in_bytes} does
 * @param tcpActivation when sockets are bound
 * @param rootTcp what {@code kmem.tcp.*} of the root show
 * @param rootTcpLimitBytes what {@code kmem.tcp.limit_in_bytes} of the root reads as
 * @param moveChargeRefused the bits that {@code memory.move_charge_at_immigrate} does not take
 * @param maxSwappiness the largest {@code memory.swappiness}
 * @param groupBytes kernel memory that a group's own structures take, charged to its parent; 0: not
 *     counted
 * @param maxGroups how many groups the id space holds, the root included
 * @param idsExhausted what mkdir returns when it is used up
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
