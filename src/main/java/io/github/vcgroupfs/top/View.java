package io.github.vcgroupfs.top;

import java.util.ArrayList;
import java.util.List;

/**
 * Which table a user has asked for. Immutable.
 *
 * @param page which fields
 * @param tree whether groups stand below their parents
 * @param sort what comes first; in a tree, among the children of one group
 * @param reversed the other way around
 * @param filter part of the paths of those that are shown; empty: all are
 */
record View(Page page, boolean tree, Field sort, boolean reversed, String filter) {
  View otherPage() {
    Page other = page.other();
    boolean kept = sort == Field.NAME || other.fields().contains(sort);
    return new View(other, tree, kept ? sort : other.firstSort(), reversed, filter);
  }

  View otherShape() {
    return new View(page, !tree, sort, reversed, filter);
  }

  View turned() {
    return new View(page, tree, sort, !reversed, filter);
  }

  View filtered(String text) {
    return new View(page, tree, sort, reversed, text);
  }

  /** Sorted by the field that is so many further to the right. */
  View sortedBeside(int steps) {
    List<Field> all = new ArrayList<>(List.of(Field.NAME));
    all.addAll(page.fields());
    int next = Math.floorMod(all.indexOf(sort) + steps, all.size());
    return new View(page, tree, all.get(next), false, filter);
  }
}
