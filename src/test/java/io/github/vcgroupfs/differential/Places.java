package io.github.vcgroupfs.differential;

import java.util.ArrayList;
import java.util.List;

/** Chooses paths: groups and their files, what is not there, and odd ways to write a path. */
final class Places {
  private static final List<String> THERE = List.of("", "", "a", "a", "b", "a/c");
  private static final List<String> PERHAPS = List.of("a/d", "e", "b/f", "g0", "g1", "a/c/x");
  private static final List<String> NOT_THERE =
      List.of(
          "nope", "nope/tasks", "nope/x/y", "tasks/x", "cgroup.procs/..", "a/nope.txt", "sim.why");
  private static final List<String> LONG =
      List.of(
          "n".repeat(255),
          "n".repeat(256),
          "a/" + "m".repeat(300),
          "x/".repeat(2500),
          "a/./".repeat(900));
  private static final List<String> RELATIVE =
      List.of(
          "rel:", "rel:.", "rel:..", "rel:a", "rel:a/../b", "rel:tasks", "rel:a//c/", "rel:x y");

  private final List<String> files;
  private final Chance chance;

  /**
   * Chooses by chance.
   *
   * @param files the control files of a group
   */
  Places(List<String> files, Chance chance) {
    this.files = files;
    this.chance = chance;
  }

  /** Any path from the root. */
  String any() {
    int kind = chance.below(100);
    if (kind < 45) {
      return file();
    }
    if (kind < 80) {
      return group();
    }
    if (kind < 90) {
      return chance.of(NOT_THERE);
    }
    return kind < 98
        ? odd()
        : chance.percent(70) ? chance.of("ä", "a b", "a\n", "\\", "*") : unusable();
  }

  /** A path, more often one that is relative: for calls that look at no file. */
  String anyText() {
    return chance.percent(50) ? chance.of(RELATIVE) : any();
  }

  /** A relative path. */
  String relative() {
    return chance.of(RELATIVE);
  }

  /** What may be in a directory. */
  String entry() {
    return chance.percent(40)
        ? chance.of(files)
        : chance.of(
            "a",
            "b",
            "c",
            "c",
            "d",
            "..",
            ".",
            "",
            "nope",
            "c/tasks",
            "c/",
            "a/../b",
            "n".repeat(300));
  }

  /** A control file of some group. */
  String file() {
    return joined(group(), chance.of(files));
  }

  /** Where groups are, or can be. */
  String group() {
    return chance.of(chance.percent(75) ? THERE : PERHAPS);
  }

  private String odd() {
    String place = chance.percent(50) ? file() : group();
    return switch (chance.below(6)) {
      case 0 -> place + "/";
      case 1 -> place + "/.";
      case 2 -> "./" + place;
      case 3 -> "a/../" + place;
      case 4 -> "nope/../" + place;
      default -> "a/c/.././/../" + place;
    };
  }

  private String unusable() {
    return chance.percent(50) ? chance.of(LONG) : "a\0b";
  }

  private static String joined(String group, String file) {
    List<String> parts = new ArrayList<>();
    if (!group.isEmpty()) {
      parts.add(group);
    }
    parts.add(file);
    return String.join("/", parts);
  }
}
