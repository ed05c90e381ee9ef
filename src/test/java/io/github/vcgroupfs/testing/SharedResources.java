package io.github.vcgroupfs.testing;

/** What classes of tests share on a machine, for {@code @ResourceLock}: see the page on testing. */
public final class SharedResources {
  /**
   * The dead mounts of this machine. Read by who leaves one for a while; {@code doctor} tells of
   * all of them, so a test of that must be alone with its own.
   */
  public static final String DEAD_MOUNTS = "dead mounts";

  /**
   * The kernel's own v1 memory hierarchy. Read by who makes groups in it; who records all of it
   * must be alone.
   */
  public static final String KERNEL_HIERARCHY = "the kernel's memory hierarchy";

  /**
   * Copies of mounts: a mount namespace has one of every mount that was there when it was made, and
   * holds it. Read by who makes namespaces that last; who tests that its mount ends, and what is
   * said of it, must be alone.
   */
  public static final String MOUNT_COPIES = "copies of mounts";

  private SharedResources() {}
}
