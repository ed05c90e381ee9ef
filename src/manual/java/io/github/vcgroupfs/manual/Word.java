package io.github.vcgroupfs.manual;

/**
 * A word that can stand somewhere.
 *
 * @param text the word
 * @param about what it means; may be empty
 */
record Word(String text, String about) {}
