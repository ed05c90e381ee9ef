package io.github.vcgroupfs.kernel;

/** When the sockets of a group are bound to it: kernel-facts.md, TCP activation. */
public enum TcpActivation {
  /** While any group has a limit, every group but the root is accounted. Until 3.4. */
  WHILE_ANY_LIMITED,
  /** A group is accounted while it has a limit of its own. 3.5 to 4.4. */
  WHILE_LIMITED,
  /** A group is accounted from its first successful write on, whatever was written. From 4.5. */
  FROM_FIRST_WRITE
}
