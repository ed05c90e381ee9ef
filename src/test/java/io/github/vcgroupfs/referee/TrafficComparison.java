package io.github.vcgroupfs.referee;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What traffic of our own did on a real kernel against what {@code simulate} predicts: {@code
 * src/test/referee/tcptraffic} plays the same scenarios. The word before the colon of a scenario's
 * name is what it is about: its kind.
 */
final class TrafficComparison {
  /** A scenario a line, with what was measured. */
  private static final String MEASURED = "traffic.jsonl";

  private static final List<String> FIELDS = List.of("sent", "received", "usage", "max_usage");

  /** Bytes: below this a kernel's value is no measure of a distance. */
  private static final long LEAST_BYTES = 65536;

  private TrafficComparison() {}

  /** The kernels that were measured, the oldest first. */
  static List<String> kernels() {
    return List.of("linux-5.10", "linux-6.1", "linux-6.18");
  }

  /** Simulates every scenario that such a kernel was measured in. */
  static List<Result> of(String kernel) {
    List<String> measured = Recordings.lines(kernel + "/" + MEASURED);
    KernelProfile profile = Profiles.byId(kernel).orElseThrow();
    List<String> predicted = FlowComparison.simulate(profile, measured);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < measured.size(); i++) {
      results.add(Result.of(parse(measured.get(i)), parse(predicted.get(i))));
    }
    return results;
  }

  private static Map<String, Object> parse(String line) {
    try {
      return JSON.std.mapFrom(line);
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON object: " + line, e);
    }
  }

  /**
   * A number of a group.
   *
   * @param field which one; with the group before it, if there are several
   * @param measured the kernel's median
   * @param low the least that a kernel had
   * @param high the most
   * @param predicted ours
   * @param scale what a distance is measured against: the kernel's median, but the usage of the one
   *     moment at the end against the most that there was
   */
  record Figure(String field, long measured, long low, long high, long predicted, long scale) {

    /** How far ours lies outside of the kernel's range, per cent. */
    double percentOutside() {
      long outside = Math.max(0, Math.max(low - predicted, predicted - high));
      return 100.0 * outside / Math.max(LEAST_BYTES, scale);
    }
  }

  /**
   * How a scenario was predicted.
   *
   * @param name which scenario
   * @param figures all of its numbers
   */
  record Result(String name, List<Figure> figures) {

    /** Compares what was measured with what was predicted. */
    static Result of(Map<String, Object> measured, Map<String, Object> predicted) {
      List<Figure> figures = new ArrayList<>();
      if (measured.get("outcome") instanceof Map<?, ?> groups) {
        Map<?, ?> ours = map(predicted, "outcome");
        for (Object group : groups.keySet()) {
          String before = groups.size() == 1 ? "" : group + " ";
          add(before, map(groups, group), map(ours, group), figures);
        }
      } else {
        add("", measured, predicted, figures);
      }
      return new Result((String) measured.get("name"), figures);
    }

    private static void add(String before, Map<?, ?> kernel, Map<?, ?> ours, List<Figure> to) {
      for (String field : FIELDS) {
        to.add(
            new Figure(
                before + field,
                number(kernel, field),
                number(map(kernel, "low"), field),
                number(map(kernel, "high"), field),
                number(ours, field),
                number(kernel, field.equals("usage") ? "max_usage" : field)));
      }
    }

    private static Map<?, ?> map(Map<?, ?> of, Object key) {
      return (Map<?, ?>) of.get(key);
    }

    private static long number(Map<?, ?> of, String key) {
      return ((Number) of.get(key)).longValue();
    }

    /** What the scenario is about: the word before the colon. */
    String kind() {
      return name.substring(0, name.indexOf(':'));
    }

    /** The number that is farthest off. */
    Figure worst() {
      Figure worst = figures.get(0);
      for (Figure each : figures) {
        worst = each.percentOutside() > worst.percentOutside() ? each : worst;
      }
      return worst;
    }

    /** How far what was sent and received lies outside of the kernel's range. */
    double percentOfBytes() {
      return figures.stream()
          .filter(each -> each.field().endsWith("sent") || each.field().endsWith("received"))
          .mapToDouble(Figure::percentOutside)
          .max()
          .orElseThrow();
    }

    /** How far the worst number lies outside of the kernel's range. */
    double percentOutside() {
      return worst().percentOutside();
    }
  }
}
