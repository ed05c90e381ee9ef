package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs scenarios on virtual time. It reads one JSON object on each line. It writes one line for
 * each: the same object, with the results added. The same seed gives the same results. {@link
 * ScenarioRun} and {@link StoryRun} do the work. Not thread-safe.
 */
public final class Simulator {
  /** The field of a line that has a seed of its own. */
  public static final String SEED = "seed";

  private final KernelProfile profile;
  private final long seed;
  private final Sampler sampler;
  private final Pace pace = new Pace();

  /**
   * A simulator.
   *
   * @param profile the kernel that is simulated
   * @param seed the seed of everything random
   * @param sinks receive samples; whoever made them closes them
   */
  public Simulator(KernelProfile profile, long seed, List<SampleSink> sinks) {
    this(profile, seed, Sampler.thinned(sinks));
  }

  private Simulator(KernelProfile profile, long seed, Sampler sampler) {
    this.profile = profile;
    this.seed = seed;
    this.sampler = sampler;
  }

  /**
   * A simulator whose observer is shown each moment, and not only those that a file keeps.
   *
   * @param profile the kernel that is simulated
   * @param seed the seed of everything random
   * @param observer receives samples
   */
  public static Simulator observed(KernelProfile profile, long seed, SampleSink observer) {
    return new Simulator(profile, seed, Sampler.each(observer));
  }

  /** How far {@link #run} is; may be asked by any thread. */
  public Pace pace() {
    return pace;
  }

  /**
   * Runs every scenario.
   *
   * @param lines JSON objects, one on each line; blank lines are skipped
   * @param out takes the results, each as soon as it is known
   * @throws IOException if one of the files cannot be read or written
   * @throws ScenarioException if a scenario cannot be run
   */
  public void run(BufferedReader lines, PrintWriter out)
      throws IOException, ScenarioException, ErrnoException {
    int number = 0;
    long charsBefore = 0;
    String line = lines.readLine();
    while (line != null) {
      number++;
      pace.reads(number, charsBefore, line.length());
      charsBefore += line.length() + 1;
      if (!line.isBlank()) {
        out.println(answer(line, number));
        if (out.checkError()) {
          throw new FileSystemException("standard output", null, "cannot be written");
        }
      }
      line = lines.readLine();
    }
  }

  private String answer(String line, int number)
      throws IOException, ScenarioException, ErrnoException {
    Map<String, Object> fields = JsonLines.parse(line, number);
    try {
      return JsonLines.text(answer(fields));
    } catch (ScenarioException wrong) {
      throw wrong.ofLine(number);
    }
  }

  /**
   * Runs one scenario, however long that takes.
   *
   * @param fields those of a line
   * @return the same, with the results added
   * @throws IOException if an observer fails
   * @throws ScenarioException if it cannot be run
   */
  public Map<String, Object> answer(Map<String, ?> fields)
      throws IOException, ScenarioException, ErrnoException {
    Map<String, Object> answer = new LinkedHashMap<>();
    fields.forEach((name, value) -> answer.put(name, value));
    answer.putAll(outcome(answer, Budget.unbounded()));
    return answer;
  }

  /**
   * Runs one scenario.
   *
   * @param fields those of a line
   * @param budget how much it may be
   * @return the fields that {@link #run} adds to the line
   * @throws IOException if an observer fails
   * @throws ScenarioException if it cannot be run, or asks for more than the budget has
   */
  public Map<String, Object> outcome(Map<String, Object> fields, Budget budget)
      throws IOException, ScenarioException, ErrnoException {
    Budget.Limits most = budget.limits();
    long own = new Fields(fields).integer(SEED, seed, Long.MIN_VALUE, Long.MAX_VALUE);
    try {
      if (FreeScenario.KIND.equals(fields.get("kind"))) {
        FreeScenario scenario = FreeScenario.of(fields, most);
        FreeScenarioRun run = new FreeScenarioRun(scenario, profile, own, sampler, budget);
        pace.runs(run::nowNs, scenario.seconds());
        return run.run();
      }
      Scenario scenario = Scenario.of(fields, most);
      ScenarioRun run = new ScenarioRun(scenario, profile, own, sampler, budget);
      pace.runs(run::nowNs, scenario.seconds());
      return run.answer();
    } catch (UncheckedIOException sink) {
      throw sink.getCause();
    }
  }
}
