package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.simulate.Happening;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A time at which something happened that the curves follow from. Immutable.
 *
 * @param ms when
 * @param name whose moment it is; empty: there is only one group
 * @param text what happened
 * @param colour of the group
 */
record Moment(double ms, String name, String text, int colour) {
  private static final int PAGE = 4096;

  /** What was done, when limits were reached, and when pressure began, in the order of time. */
  static List<Moment> of(Recording recording, List<Shown> shown) {
    List<Moment> moments = new ArrayList<>();
    Map<String, Shown> known = new LinkedHashMap<>();
    shown.forEach(each -> known.put(each.path(), each));
    for (Happening happening : recording.happenings()) {
      Shown group = known.get(happening.group());
      if (happening.what().equals("tcp_mem")) {
        moments.add(new Moment(happening.ms(), "machine", said(happening), Palette.MACHINE));
      } else if (group != null) {
        moments.add(new Moment(happening.ms(), group.name(), said(happening), group.colour()));
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
      moments.add(new Moment(machine, "machine", "memory pressure", Palette.MACHINE));
    }
    moments.sort(Comparator.comparingDouble(Moment::ms));
    return joined(moments, recording.grid().columnMs() * 3);
  }

  private static void found(List<Moment> moments, Shown shown, double ms, String text) {
    if (!Double.isNaN(ms)) {
      moments.add(new Moment(ms, shown.name(), text, shown.colour()));
    }
  }

  /** What happened to a group at the same place of the figure is one moment. */
  private static List<Moment> joined(List<Moment> sorted, double nearMs) {
    List<Moment> joined = new ArrayList<>();
    Map<String, Integer> last = new LinkedHashMap<>();
    for (Moment each : sorted) {
      Integer index = last.get(each.name());
      @Nullable Moment before = index == null ? null : joined.get(index);
      if (before != null && index != null && each.ms() - before.ms() <= nearMs) {
        joined.set(
            index,
            new Moment(
                before.ms(), each.name(), before.text() + ", " + each.text(), each.colour()));
      } else {
        last.put(each.name(), joined.size());
        joined.add(each);
      }
    }
    return joined;
  }

  /** The text with the name before it. */
  String said() {
    return name.isEmpty() ? text : name + ": " + text;
  }

  private static String said(Happening happening) {
    String done =
        switch (happening.what()) {
          case "limit" -> limit("limit", happening.value());
          case "kmem_limit" -> limit("kmem limit", happening.value());
          case "memory_limit" -> limit("memory limit", happening.value());
          case "tcp_mem" -> tcpMem(happening.value());
          case "flows" -> happening.value().strip().replace('\n', ';');
          default -> happening.what() + " " + happening.value();
        };
    return happening.refusal() == null ? done : done + " is refused (" + happening.refusal() + ")";
  }

  private static String limit(String name, String bytes) {
    long value = Long.parseLong(bytes);
    return value < 0 ? "no " + name : name + " " + Unit.BYTES.text(value);
  }

  private static String tcpMem(String pages) {
    String[] three = pages.split(" ", -1);
    return "tcp_mem pressure %s, high %s"
        .formatted(
            Unit.BYTES.text(Double.parseDouble(three[1]) * PAGE),
            Unit.BYTES.text(Double.parseDouble(three[2]) * PAGE));
  }
}
