package io.github.vcgroupfs.sock;

/**
 * Whether memory is needed for sending or for receiving: {@code SK_MEM_SEND}, {@code SK_MEM_RECV}.
 */
enum Direction {
  SEND,
  RECEIVE
}
