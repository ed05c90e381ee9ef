package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.simulate.Action;
import io.github.vcgroupfs.simulate.Happening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A time at which something happened that the curves follow from. Immutable.
 *
 * @param ms when
 * @param name whose moment it is; empty: there is only one group
 * @param text what happened
 * @param colour of the group
 * @param done whether the scenario did it; else it came of that
 */
record Moment(double ms, String name, String text, int colour, boolean done) {
  private static final int PAGE = 4096;

  /** What is longer does not become one text, letters. */
  private static final int LONGEST = 84;

  /** What was done, when limits were reached, and when pressure began, in the order of time. */
  static List<Moment> of(Recording recording, List<Shown> shown) {
    List<Moment> moments = new ArrayList<>();
    Map<String, Shown> known = new LinkedHashMap<>();
    shown.forEach(each -> known.put(each.path(), each));
    for (Happening happening : recording.happenings()) {
      Shown group = known.get(happening.group());
      if (happening.what() == Action.TCP_MEM) {
        moments.add(new Moment(happening.ms(), "machine", said(happening), Palette.MACHINE, true));
      } else if (group != null) {
        moments.add(
            new Moment(happening.ms(), group.name(), said(happening), group.colour(), true));
      }
    }
    for (Shown each : shown) {
      GroupTracks group = each.group();
      if (group != null) {
        found(moments, each, group.limitReachedMs(), "limit reached");
        found(moments, each, group.pressureMs(), "memory pressure");
      }
    }
    double machine = recording.machine().pressureMs();
    if (!Double.isNaN(machine)) {
      moments.add(new Moment(machine, "machine", "memory pressure", Palette.MACHINE, false));
    }
    moments.sort(Comparator.comparingDouble(Moment::ms));
    return joined(moments, recording.grid().columnMs() * 3);
  }

  private static void found(List<Moment> moments, Shown shown, double ms, String text) {
    if (!Double.isNaN(ms)) {
      moments.add(new Moment(ms, shown.name(), text, shown.colour(), false));
    }
  }

  /** What happened to a group at the same place of the figure is one moment, if that is short. */
  private static List<Moment> joined(List<Moment> sorted, double nearMs) {
    List<Moment> joined = new ArrayList<>();
    for (Moment each : sorted) {
      int last = joined.size() - 1;
      while (last >= 0 && !joined.get(last).isLike(each)) {
        last--;
      }
      Moment both = last < 0 ? each : joined.get(last).and(each);
      boolean near = last >= 0 && each.ms() - both.ms() <= nearMs;
      if (near && both.said().length() <= LONGEST) {
        joined.set(last, both);
      } else {
        joined.add(each);
      }
    }
    return joined;
  }

  private boolean isLike(Moment other) {
    return name.equals(other.name) && done == other.done;
  }

  private Moment and(Moment next) {
    return new Moment(ms, name, text + ", " + next.text, colour, done);
  }

  /** The text with the name before it. */
  String said() {
    return name.isEmpty() ? text : name + ": " + text;
  }

  private static String said(Happening happening) {
    String done =
        switch (happening.what()) {
          case LIMIT -> limit("limit", happening.value());
          case KMEM_LIMIT -> limit("kmem limit", happening.value());
          case MEMORY_LIMIT -> limit("memory limit", happening.value());
          case TCP_MEM -> tcpMem(happening.value());
          case FLOWS -> happening.value().strip().replace('\n', ';');
          case INDEPENDENT_KMEM_LIMIT, USE_HIERARCHY ->
              happening.what().key() + " " + happening.value();
        };
    return happening.refusal() == null ? done : done + " is refused (" + happening.refusal() + ")";
  }

  private static String limit(String name, String bytes) {
    long value = Long.parseLong(bytes);
    return value < 0 ? "no " + name : name + " " + Unit.BYTES.text((double) value);
  }

  private static String tcpMem(String pages) {
    String[] three = pages.split(" ", -1);
    return "tcp_mem pressure %s, high %s"
        .formatted(
            Unit.BYTES.text(Double.parseDouble(three[1]) * PAGE),
            Unit.BYTES.text(Double.parseDouble(three[2]) * PAGE));
  }
}
