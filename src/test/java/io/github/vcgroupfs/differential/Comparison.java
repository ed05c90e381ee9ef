package io.github.vcgroupfs.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plays scripts in all worlds, and keeps where they do not agree. */
final class Comparison {
  private static final int STEPS = 25;

  private final List<World> worlds;
  private final List<String> files;
  private final List<Difference> differences = new ArrayList<>();
  private final Map<String, List<Difference>> accepted = new TreeMap<>();
  private final Map<String, Integer> methods = new TreeMap<>();
  private long played;
  private int calls;
  private int refused;

  /**
   * Compares.
   *
   * @param worlds two or three
   * @param files the control files of a group
   */
  Comparison(List<World> worlds, List<String> files) {
    this.worlds = worlds;
    this.files = files;
  }

  /** Makes at least that many calls, chosen by a seed. */
  void run(long seed, int wanted) {
    int until = calls + wanted;
    for (long number = 0; calls < until; number++) {
      compare(Script.ofSeed(seed * 1_000_003 + number, STEPS, files));
    }
  }

  private void compare(Script script) {
    List<List<String>> outcomes = play(script);
    for (int at = 0; at < script.steps().size(); at++) {
      Map<String, String> here = at(outcomes, at);
      Step step = script.steps().get(at);
      String first = outcomes.get(0).get(at);
      if (!first.equals(Step.NOTHING_THERE)) {
        calls++;
        refused += first.matches("(?s)[a-z.]+[A-Z]\\w+(Exception|Error).*") ? 1 : 0;
        methods.merge(step.name(), 1, Integer::sum);
      }
      if (differ(here)) {
        Optional<Accepted> known = Accepted.of(step, here);
        if (known.isPresent()) {
          accepted
              .computeIfAbsent(known.get().title(), key -> new ArrayList<>())
              .add(new Difference(script.first(at + 1), here));
        } else {
          differences.add(shortest(script.first(at + 1), here));
        }
        return; // what comes after it may come of it
      }
    }
  }

  private Difference shortest(Script script, Map<String, String> outcomes) {
    Difference found = new Difference(script, outcomes);
    for (int at = script.steps().size() - 2; at >= 0; at--) {
      Script fewer = found.script().without(at);
      List<List<String>> played = play(fewer);
      int last = fewer.steps().size() - 1;
      if (firstDifference(played) == last
          && Accepted.of(fewer.steps().get(last), at(played, last)).isEmpty()) {
        found = new Difference(fewer, at(played, last));
      }
    }
    return found;
  }

  private static int firstDifference(List<List<String>> outcomes) {
    int at = 0;
    while (at < outcomes.get(0).size()) {
      String expected = outcomes.get(0).get(at);
      int index = at;
      if (!outcomes.stream().allMatch(each -> each.get(index).equals(expected))) {
        return at;
      }
      at++;
    }
    return -1;
  }

  private List<List<String>> play(Script script) {
    played++;
    return worlds.stream().map(world -> script.play(world, played)).toList();
  }

  private Map<String, String> at(List<List<String>> outcomes, int index) {
    Map<String, String> here = new LinkedHashMap<>();
    for (int world = 0; world < worlds.size(); world++) {
      here.put(worlds.get(world).name(), outcomes.get(world).get(index));
    }
    return here;
  }

  private static boolean differ(Map<String, String> outcomes) {
    return new HashSet<>(outcomes.values()).size() > 1;
  }

  /** One difference of each kind, and how many there are of it. */
  Map<String, List<Difference>> kinds() {
    Map<String, List<Difference>> kinds = new LinkedHashMap<>();
    differences.forEach(
        each -> kinds.computeIfAbsent(each.kind(), any -> new ArrayList<>()).add(each));
    return kinds;
  }

  /** Those that nobody knows. */
  List<Difference> differences() {
    return differences;
  }

  /** Those that are known. */
  Map<String, List<Difference>> accepted() {
    return accepted;
  }

  /** How often each method was called. */
  Map<String, Integer> methods() {
    return methods;
  }

  int calls() {
    return calls;
  }

  /** How many calls were refused in the first world. */
  int refused() {
    return refused;
  }
}
