package io.github.vcgroupfs.plot;

import java.util.List;

/** Says in sentences what a figure shows, for those who do not see it. */
final class Description {
  private Description() {}

  static String of(Recording recording, List<Shown> shown) {
    StringBuilder text = new StringBuilder();
    text.append("Curves over ").append(Unit.time(recording.grid().endMs()));
    text.append(": memory of TCP buffers, advertised windows, bytes sent and received, drops. ");
    for (Shown each : shown) {
      text.append(each.path().isEmpty() ? each.name() : "Group " + each.path()).append(": ");
      group(text, each);
    }
    if (recording.isAboutTheMachine()) {
      MachineTracks machine = recording.machine();
      text.append("The machine: at most ");
      text.append(Unit.BYTES.text(machine.memory().highest())).append(", under pressure for ");
      text.append(Unit.time(machine.pressure().total())).append(". ");
    }
    for (Moment moment : Moment.of(recording, shown)) {
      text.append("At ").append(Unit.time(moment.ms())).append(": ").append(moment.said());
      text.append(". ");
    }
    return text.toString().strip();
  }

  private static void group(StringBuilder text, Shown each) {
    Curves curves = each.curves();
    text.append("usage at most ").append(Unit.BYTES.text(curves.usage().highest()));
    text.append(", at the end ").append(Unit.BYTES.text(curves.usage().last()));
    text.append("; ").append(Unit.BYTES.text(curves.sent().last())).append(" sent, ");
    text.append(Unit.BYTES.text(curves.received().last())).append(" received, ");
    text.append(Unit.COUNT.text(curves.dropped().last())).append(" segments dropped, ");
    text.append(Unit.COUNT.text(curves.refused().last())).append(" sends refused");
    GroupTracks group = each.group();
    if (group != null) {
      text.append("; under memory pressure for ").append(Unit.time(group.pressure().total()));
    }
    text.append(". ");
  }
}
