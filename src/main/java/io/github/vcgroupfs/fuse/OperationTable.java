package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.os.NativeMemory;

/** A {@code struct fuse_operations}. Its functions can be called for as long as it is kept. */
interface OperationTable {
  /** Where it is. */
  NativeMemory memory();

  /** Its size. */
  int bytes();
}
