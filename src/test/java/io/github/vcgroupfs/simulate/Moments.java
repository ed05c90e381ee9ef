package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.kernel.Profiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table of what a scenario shows before, amid and after its trouble. For one scenario. */
final class Moments implements SampleSink {
  private static final List<Double> AT_MS = List.of(1_900.0, 7_900.0);
  private static final double SECOND_MS = 1_000;
  private static final double MIB = 1 << 20;

  private final List<Moment> moments = AT_MS.stream().map(Moment::new).toList();
  private final Moment end = new Moment(Double.MAX_VALUE);

  /** The last samples up to some time, and those of a second before. */
  private static final class Moment {
    private final double ms;
    private final Map<String, Sample> now = new LinkedHashMap<>();
    private final Map<String, Long> before = new LinkedHashMap<>();

    Moment(double ms) {
      this.ms = ms;
    }

    void take(Sample sample) {
      if (sample.ms() <= ms) {
        now.put(sample.group(), sample);
      }
      if (sample.ms() <= ms - SECOND_MS) {
        before.put(sample.group(), sample.received());
      }
    }
  }

  static String table(String profile, Map<String, Object> fields) throws Exception {
    Moments moments = new Moments();
    new Simulator(Profiles.byId(profile).orElseThrow(), 0, List.of(moments)).answer(fields);
    return moments.text();
  }

  @Override
  public void accept(Sample sample) {
    moments.forEach(moment -> moment.take(sample));
    end.take(sample);
  }

  @Override
  public void close() {}

  private String text() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| when | group | usage | window | received in a second | pruned | dropped | closed |\n");
    table.append("| --- | --- | --: | --: | --: | --: | --: | --: |\n");
    for (Moment moment : moments) {
      String when = String.format(Locale.ROOT, "%.1f s", moment.ms / SECOND_MS);
      moment.now.values().forEach(sample -> table.append(row(when, moment, sample)));
    }
    table.append('\n');
    for (Moment moment : moments) {
      Sample.Machine machine = moment.now.values().iterator().next().machine();
      table.append(
          String.format(
              Locale.ROOT,
              "- the machine at %.1f s: %s of TCP memory%s%n",
              moment.ms / SECOND_MS,
              size(machine.memory()),
              machine.pressure() ? ", under pressure" : ""));
    }
    end.now
        .values()
        .forEach(
            sample ->
                table.append(
                    String.format(
                        Locale.ROOT,
                        "- in all, `%s`: sent %s, received %s, at most %s charged%n",
                        sample.group(),
                        size(sample.sent()),
                        size(sample.received()),
                        size(sample.maxUsage()))));
    return table.toString();
  }

  private static String row(String when, Moment moment, Sample sample) {
    long rate = sample.received() - moment.before.getOrDefault(sample.group(), 0L);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %d | %d | %d |%n",
        when,
        sample.group(),
        size(sample.usage()),
        size(sample.window()),
        size(rate),
        sample.pruned(),
        sample.dropped(),
        sample.zeroWindow());
  }

  private static String size(long bytes) {
    return bytes == 0 ? "0" : String.format(Locale.ROOT, "%.2f MiB", bytes / MIB);
  }
}
