package io.github.vcgroupfs.plot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group that has curves of its own in a figure, or all groups together. Immutable.
 *
 * @param name its name; empty if it is the only one
 * @param colour of its curves
 * @param curves what there is to draw
 * @param group the group; null: all together
 * @param isPartOfAll whether all together are shown beside it
 */
record Shown(
    String name, int colour, Curves curves, @Nullable GroupTracks group, boolean isPartOfAll) {
  /** A longer name is cut, at its beginning: the end of a path says more. */
  private static final int LONGEST = 12;

  /** Each group, if they are few; else all together, and the largest. */
  static List<Shown> of(Recording recording) {
    List<GroupTracks> groups = recording.groups();
    List<Shown> shown = new ArrayList<>();
    boolean many = groups.size() > Palette.groups();
    if (many) {
      String all = "all " + groups.size() + " groups";
      shown.add(new Shown(all, Palette.MACHINE, recording.sum(), null, false));
      groups = recording.largest();
    }
    for (GroupTracks group : groups) {
      String name = shown.isEmpty() && groups.size() == 1 ? "" : shortened(group.name());
      shown.add(new Shown(name, Palette.group(shown.size()), group.curves(), group, many));
    }
    return shown;
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST ? name : "…" + name.substring(name.length() - LONGEST + 1);
  }

  /** Its name for programs: the group's whole path. */
  String path() {
    return group == null ? "" : group.name();
  }

  /** Something of it, with its name before. */
  String with(String text) {
    return name.isEmpty() ? text : name + " " + text;
  }
}
