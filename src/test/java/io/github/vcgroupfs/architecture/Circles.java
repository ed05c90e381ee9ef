package io.github.vcgroupfs.architecture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the circles of a graph: groups of nodes of which each can be reached from each other. No
 * node of such a group can be understood without all others. (In books: strongly connected
 * components. The algorithm is Tarjan's.)
 *
 * <p>It walks the graph in depth and numbers the nodes as it meets them. For each node it keeps the
 * lowest number that can be reached from it. A node that reaches nothing lower than itself is where
 * its circle was entered, and the circle is what was met since and belongs to no other.
 */
final class Circles {
  private final Map<String, Set<String>> uses;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final List<Set<String>> found = new ArrayList<>();

  private Circles(Map<String, Set<String>> uses) {
    this.uses = uses;
  }

  /**
   * All circles; each node is in exactly one. A node in no circle is one by itself.
   *
   * @param uses for every node, where its arrows go; what is no key is left out
   */
  static List<Set<String>> of(Map<String, Set<String>> uses) {
    Circles circles = new Circles(uses);
    for (String node : uses.keySet()) {
      if (!circles.numbers.containsKey(node)) {
        circles.visit(node);
      }
    }
    return circles.found;
  }

  /** The circle with the most nodes; empty if there is no node. */
  static Set<String> largest(Map<String, Set<String>> uses) {
    Set<String> largest = Set.of();
    for (Set<String> each : of(uses)) {
      largest = each.size() > largest.size() ? each : largest;
    }
    return largest;
  }

  private void visit(String node) {
    int number = numbers.size();
    numbers.put(node, number);
    lowest.put(node, number);
    open.push(node);
    for (String next : uses.get(node)) {
      if (!uses.containsKey(next)) {
        continue;
      }
      if (!numbers.containsKey(next)) {
        visit(next);
        lowest.merge(node, lowest.get(next), Math::min);
      } else if (open.contains(next)) {
        lowest.merge(node, numbers.get(next), Math::min);
      }
    }
    if (lowest.get(node) == number) {
      Set<String> circle = new TreeSet<>();
      do {
        circle.add(open.peek());
      } while (!open.pop().equals(node));
      found.add(circle);
    }
  }
}
