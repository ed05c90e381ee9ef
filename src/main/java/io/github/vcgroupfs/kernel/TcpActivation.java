package io.github.vcgroupfs.kernel;

/** When new sockets of a group are charged to it: kernel-facts.md, TCP activation. */
public enum TcpActivation {
  /** While any group has a limit, for every group but the root. Until 3.4. */
  WHILE_ANY_LIMITED,
  /** While the group has a limit of its own. 3.5 to 4.4. */
  WHILE_LIMITED,
  /** From the first successful write of a limit on, whatever was written. From 4.5. */
  FROM_FIRST_WRITE
}
