package io.github.vcgroupfs.manual;

/** What a value is, as far as a shell can help with it. */
enum Kind {
  /** There is no value: the option is on or off. */
  FLAG,
  /** One of a few words. */
  WORD,
  /** Some of these words, with commas between them. */
  LIST,
  FILE,
  DIRECTORY,
  /** A mount of ours. */
  MOUNT,
  /** A mount of ours, a hierarchy of the kernel, or any directory. */
  HIERARCHY,
  /** Something that only the user knows: a number, a name. */
  OTHER
}
