package io.github.vcgroupfs.sock;

/** What memory is needed for: {@code SK_MEM_SEND}, {@code SK_MEM_RECV}. */
enum Direction {
  SEND,
  RECEIVE
}
