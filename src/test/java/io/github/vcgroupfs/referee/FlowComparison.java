package io.github.vcgroupfs.referee;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.simulate.ScenarioException;
import io.github.vcgroupfs.simulate.Simulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a limit did to TCP buffers of a real kernel against what {@code simulate} predicts. A kernel
 * was measured several times a scenario, so that its answer is a range, from {@code low} to {@code
 * high}. A prediction is judged by how far it lies outside.
 */
final class FlowComparison {
  private static final String MEASURED = "tcpflow.jsonl";

  /** Scenarios made by chance, measured after the model was written; in guests of kernelvm. */
  private static final String FRESH = "tcpflow-fresh.jsonl";

  /** Measured with {@code ip link set lo mtu 1500} and 9000. */
  private static final String MTUS = "tcpflow-mtu.jsonl";

  private static final List<String> OF_FILL = List.of("sent", "usage", "max_usage");
  private static final List<String> OF_OTHERS = List.of("sent", "received", "usage", "max_usage");

  /** Bytes: below this a kernel's value is no measure of a distance. */
  private static final long LEAST_BYTES = 65536;

  private FlowComparison() {}

  /** The kernels that were measured, the oldest first. */
  static List<String> kernels() {
    return List.of("linux-4.19", "linux-5.10", "linux-6.1", "linux-6.18");
  }

  /** Simulates every scenario that such a kernel was measured in: a line has both. */
  static List<Result> of(String kernel) {
    return of(kernel, MEASURED);
  }

  /** The same for scenarios that were made by chance. */
  static List<Result> ofFresh(String kernel) {
    return of(kernel, FRESH);
  }

  /** The same on devices of an MTU that is not that of loopback. */
  static List<Result> ofMtus(String kernel) {
    return of(kernel, MTUS);
  }

  private static List<Result> of(String kernel, String file) {
    List<String> lines = Recordings.lines(kernel + "/" + file);
    KernelProfile profile = Profiles.byId(kernel).orElseThrow();
    Map<String, Map<String, Object>> predicted = byName(simulate(profile, lines));
    List<Result> results = new ArrayList<>();
    byName(lines).forEach((name, each) -> results.add(Result.of(each, predicted.get(name))));
    return results;
  }

  /** What comes out of each of those scenarios, in their order. */
  static List<String> simulate(KernelProfile profile, List<String> scenarios) {
    StringWriter out = new StringWriter();
    try (BufferedReader lines = new BufferedReader(new StringReader(String.join("\n", scenarios)));
        PrintWriter to = new PrintWriter(out)) {
      new Simulator(profile, 0, List.of()).run(lines, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ScenarioException | ErrnoException e) {
      throw new IllegalStateException("a scenario cannot be simulated", e);
    }
    return out.toString().lines().toList();
  }

  private static Map<String, Map<String, Object>> byName(List<String> lines) {
    Map<String, Map<String, Object>> all = new LinkedHashMap<>();
    for (String line : lines) {
      Map<String, Object> each = parse(line);
      all.put(nameOf(each), each);
    }
    return all;
  }

  private static Map<String, Object> parse(String line) {
    try {
      return JSON.std.mapFrom(line);
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON object: " + line, e);
    }
  }

  private static String nameOf(Map<String, Object> fields) {
    return (String) fields.get("name");
  }

  /**
   * How a scenario was predicted.
   *
   * @param name which scenario
   * @param kind fill, drain or stream
   * @param percentOutside how far the worst of its numbers lies outside of the kernel's range, per
   *     cent of the kernel's median; 0 inside
   */
  record Result(String name, String kind, double percentOutside) {

    /** Compares what was measured with what was predicted. */
    static Result of(Map<String, Object> measured, Map<String, Object> predicted) {
      String kind = (String) measured.get("kind");
      double worst = 0;
      for (String field : kind.equals("fill") ? OF_FILL : OF_OTHERS) {
        long got = number(predicted, field);
        long below = number((Map<?, ?>) measured.get("low"), field) - got;
        long above = got - number((Map<?, ?>) measured.get("high"), field);
        long outside = Math.max(0, Math.max(below, above));
        long scale = Math.max(LEAST_BYTES, number(measured, field));
        worst = Math.max(worst, 100.0 * outside / scale);
      }
      return new Result(nameOf(measured), kind, worst);
    }

    /** What README promises: per cent. */
    double allowedPercent(String kernel) {
      if (!kernel.equals("linux-6.18")) {
        return 10;
      }
      return kind.equals("stream") ? 25 : 5;
    }

    private static long number(Map<?, ?> fields, String field) {
      return ((Number) fields.get(field)).longValue();
    }
  }
}
