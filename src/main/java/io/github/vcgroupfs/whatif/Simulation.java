package io.github.vcgroupfs.whatif;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.simulate.Budget;
import io.github.vcgroupfs.simulate.Sample;
import io.github.vcgroupfs.simulate.SampleSink;
import io.github.vcgroupfs.simulate.ScenarioException;
import io.github.vcgroupfs.simulate.Simulator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One scenario on one kernel. Not thread-safe; used once. */
final class Simulation implements SampleSink {
  /** After a drain's senders its readers go on for that long: twenty rounds, 50 ms apart. */
  private static final double DRAIN_SECONDS = 1;

  private final Question question;
  private final KernelProfile profile;
  private final Budget budget;
  private final double durationMs;
  private final Map<String, Curves> groups = new LinkedHashMap<>();
  private double lastMs;

  Simulation(Question question, KernelProfile profile, BooleanSupplier outdated) {
    this.question = question;
    this.profile = profile;
    this.budget = new Budget(question.limits(), outdated);
    this.durationMs = durationMs(question.scenario());
  }

  /** The time axis. A wrong number does not get as far as a sample. */
  private static double durationMs(Map<String, Object> scenario) {
    Object kind = scenario.get("kind");
    double usual = "free".equals(kind) ? 10 : 1;
    double seconds = scenario.get("seconds") instanceof Number given ? given.doubleValue() : usual;
    double more = "drain".equals(kind) ? DRAIN_SECONDS : 0;
    return (Math.max(seconds, 1e-6) + more) * 1000;
  }

  /** Runs it; the answer's fields. */
  Map<String, @Nullable Object> answer() throws WhatIfException, IOException {
    Map<String, Object> outcome;
    try {
      outcome =
          Simulator.observed(profile, question.seed(), this).outcome(question.scenario(), budget);
    } catch (ScenarioException wrong) {
      throw new WhatIfException(Reply.Kind.WRONG, String.valueOf(wrong.getMessage()));
    } catch (ErrnoException refused) {
      throw new WhatIfException(Reply.Kind.WRONG, String.valueOf(refused.getMessage()));
    }
    double untilMs = budget.stoppedMs() < 0 ? durationMs : budget.stoppedMs();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("profile", profile.id());
    answer.put("command", command());
    answer.put("outcome", outcome);
    answer.put("stopped_ms", budget.stoppedMs() < 0 ? null : budget.stoppedMs());
    answer.put("sentence", sentence());
    Map<String, Object> series = new LinkedHashMap<>();
    groups.forEach((path, curves) -> series.put(path, group(curves, untilMs)));
    answer.put("groups", series);
    answer.put("steps", budget.steps());
    return answer;
  }

  private static Map<String, Object> group(Curves curves, double untilMs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sentence", Sentence.of(curves.landmarks()));
    fields.put("landmarks", curves.landmarks().fields());
    fields.put("series", curves.fields(untilMs));
    return fields;
  }

  private String sentence() {
    StringBuilder all = new StringBuilder();
    groups.forEach(
        (path, curves) -> {
          all.append(all.length() == 0 ? "" : " ");
          all.append(groups.size() == 1 ? "" : path + ": ");
          all.append(Sentence.of(curves.landmarks()));
        });
    if (budget.stoppedMs() >= 0) {
      all.append(
          (" Only the first %s were simulated, for more is too much work here: take fewer"
                  + " connections, a lower rate or fewer seconds, or run simulate.")
              .formatted(Words.time(lastMs)));
    }
    return all.toString();
  }

  /** What to type for the same numbers. */
  private String command() throws IOException {
    return "echo '%s' | vcgroupfs simulate --profile %s --seed %d"
        .formatted(question.line().replace("'", "'\\''"), profile.id(), question.seed());
  }

  @Override
  public void accept(Sample sample) {
    lastMs = sample.ms();
    groups
        .computeIfAbsent(sample.group(), path -> new Curves(question.points(), durationMs))
        .add(sample);
  }

  @Override
  public void close() {}
}
