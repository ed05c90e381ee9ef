package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * What a write to {@code devices.allow} or {@code devices.deny} does. All methods are called under
 * the lock of the hierarchy. Implementations have no state.
 */
interface AccessRules {
  /** What the root has at first. */
  DevicesGroup.Access ofRoot();

  /**
   * Reads what was written.
   *
   * @throws ErrnoException EINVAL if it names no devices
   */
  ExceptionItem parse(byte[] written) throws ErrnoException;

  /**
   * Gives access to devices.
   *
   * @throws ErrnoException EPERM if the parent does not have it, EINVAL for all devices if there
   *     are child groups
   */
  void allow(Cgroup group, ExceptionItem item) throws ErrnoException;

  /**
   * Takes access to devices away.
   *
   * @throws ErrnoException EINVAL for all devices if there are child groups
   */
  void deny(Cgroup group, ExceptionItem item) throws ErrnoException;
}
