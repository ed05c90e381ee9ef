package io.github.vcgroupfs.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came back of the calls, counted; and the answers that no kernel gives. Of one thread. */
final class Outcomes {
  private static final int MOST_EXAMPLES = 2;

  private final KernelErrnos errnos;
  private final String profile;
  private final Map<Key, Map<Long, Count>> counts = new HashMap<>();
  private long slowestNs;
  private String slowest = "";

  Outcomes(KernelErrnos errnos, String profile) {
    this.errnos = errnos;
    this.profile = profile;
  }

  /** How often an answer came, and some calls that got it, if it is one that must not come. */
  static final class Count {
    private long times;
    private final boolean permitted;
    private final List<String> examples = new ArrayList<>();

    Count(boolean permitted) {
      this.permitted = permitted;
    }
  }

  /** Adds one. The call is as {@code toString} shows it, with where in the run it was. */
  void add(Key key, long result, long tookNs, Object call) {
    long answer = Math.min(result, 0);
    Count count =
        counts
            .computeIfAbsent(key, any -> new TreeMap<>())
            .computeIfAbsent(answer, any -> new Count(errnos.permits(profile, key, answer)));
    count.times++;
    if (!count.permitted && count.examples.size() < MOST_EXAMPLES) {
      count.examples.add(call.toString());
    }
    if (tookNs > slowestNs) {
      slowestNs = tookNs;
      slowest = call.toString();
    }
  }

  /** Adds what another thread has. */
  void addAll(Outcomes other) {
    other.counts.forEach(
        (key, theirs) ->
            theirs.forEach(
                (answer, their) -> {
                  Count mine =
                      counts
                          .computeIfAbsent(key, any -> new TreeMap<>())
                          .computeIfAbsent(answer, any -> new Count(their.permitted));
                  mine.times += their.times;
                  their.examples.stream()
                      .limit(MOST_EXAMPLES - mine.examples.size())
                      .forEach(mine.examples::add);
                }));
    if (other.slowestNs > slowestNs) {
      slowestNs = other.slowestNs;
      slowest = other.slowest;
    }
  }

  /** How many calls. */
  long calls() {
    return histogram().values().stream().mapToLong(Long::longValue).sum();
  }

  /** How often each answer came: {@code ok}, or the name of the errno. */
  Map<String, Long> histogram() {
    Map<String, Long> histogram = new TreeMap<>();
    counts
        .values()
        .forEach(
            each ->
                each.forEach(
                    (answer, count) ->
                        histogram.merge(
                            answer == 0 ? "ok" : KernelErrnos.name(answer),
                            count.times,
                            Long::sum)));
    return histogram;
  }

  /** The answers that no kernel gives, with how often and examples; empty if all is well. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    counts.forEach(
        (key, answers) ->
            answers.forEach(
                (answer, count) -> {
                  if (!count.permitted) {
                    wrong.add(
                        "%s: %s, which no kernel of %s is known to give there, %d times: %s"
                            .formatted(
                                key,
                                KernelErrnos.name(answer),
                                profile,
                                count.times,
                                String.join("; ", count.examples)));
                  }
                }));
    wrong.sort(null);
    return wrong;
  }

  /** Rows for {@link KernelErrnos}: what came. */
  List<String> rows(String source) {
    List<String> rows = new ArrayList<>();
    counts.forEach(
        (key, answers) -> {
          List<String> names =
              answers.keySet().stream()
                  .filter(each -> each < 0)
                  .map(KernelErrnos::name)
                  .sorted()
                  .toList();
          if (!names.isEmpty()) {
            rows.add(
                String.join(
                    "\t",
                    key.call(),
                    key.subject(),
                    key.variant(),
                    key.user(),
                    String.join(" ", names),
                    "*",
                    source));
          }
        });
    rows.sort(null);
    return rows;
  }

  /** The call that took longest, and how long. */
  String slowest() {
    return "%.1f ms, %s".formatted(slowestNs / 1e6, slowest);
  }
}
