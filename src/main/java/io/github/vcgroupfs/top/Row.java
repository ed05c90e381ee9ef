package io.github.vcgroupfs.top;

import io.github.vcgroupfs.watch.GroupSample;

/**
 * A group in the table. Immutable.
 *
 * @param lead the lines of the tree before its name
 * @param name as it is shown, printable
 * @param hidden how many groups below it are folded away
 * @param context whether it is there only for a group below it, which the filter lets through
 */
record Row(GroupSample group, String lead, String name, int hidden, boolean context) {
  String path() {
    return group.path();
  }
}
