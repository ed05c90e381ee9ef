package io.github.vcgroupfs.kernel;

/** When the text of a number file is made, for a file that is open. */
public enum ReadSnapshot {
  /** At every read; the part from the offset on is returned. 3.x: {@code cgroup_read_X64}. */
  EVERY_READ,
  /** At the first read. It is kept until a read starts at offset 0. kernfs: {@code seq_read}. */
  UNTIL_REWOUND
}
