package io.github.vcgroupfs.whatif;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers what-if questions. A question is a JSON object:
 *
 * <ul>
 *   <li>{@code viewer}: who asks. A new question of a viewer ends the work on the one before;
 *   <li>{@code scenario}: the fields of a line of {@code simulate};
 *   <li>{@code profiles}: one or two ids;
 *   <li>{@code seed} (if left out, 0) and {@code points}, how many points a curve may have (400).
 * </ul>
 *
 * <p>Thread-safe. {@link #answer} waits for the answer.
 */
public final class WhatIf implements AutoCloseable {
  /** So often a page's first scenario is run before it is asked for: then its code is compiled. */
  private static final int WARM_RUNS = 6;

  private final List<KernelProfile> profiles;
  private final Desk desk;
  private final AtomicBoolean warm = new AtomicBoolean();

  /**
   * Nothing runs until somebody asks.
   *
   * @param profiles the kernels that one may ask about
   * @param threads how many simulations run at once
   */
  public WhatIf(List<KernelProfile> profiles, int threads) {
    this.profiles = List.copyOf(profiles);
    this.desk = new Desk(threads);
  }

  /**
   * Answers a question.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Reply answer(String json) throws InterruptedException {
    try {
      Question question = Question.of(json, profiles);
      List<Function<BooleanSupplier, Callable<Map<String, @Nullable Object>>>> works =
          new ArrayList<>();
      for (KernelProfile profile : question.profiles()) {
        works.add(outdated -> () -> new Simulation(question, profile, outdated).answer());
      }
      List<Map<String, @Nullable Object>> answers = desk.done(question.viewer(), works);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("line", question.line());
      fields.put("seed", question.seed());
      fields.put("answers", answers);
      return new Reply(Reply.Kind.ANSWERED, text(fields));
    } catch (WhatIfException none) {
      String why = String.valueOf(none.getMessage());
      return new Reply(none.kind(), text(Map.of("error", why)));
    } catch (IOException impossible) {
      throw new IllegalStateException("a text cannot fail to be written", impossible);
    }
  }

  /**
   * Begins to run what a page asks first, so that its answer comes quickly, and comes back at once.
   * Does nothing the second time.
   */
  public void warmUp() {
    if (warm.compareAndSet(false, true)) {
      Thread thread = new Thread(this::runWarm, "what-if-warm-up");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void runWarm() {
    try {
      for (int i = 0; i < WARM_RUNS; i++) {
        answer(
            ("{\"viewer\":\"warm-up\",\"profiles\":[\"%s\"],\"scenario\":{\"kind\":\"free\",\"seconds\":20,"
                    + "\"groups\":[\"web\"],\"steps\":[{\"limit\":262144},"
                    + "{\"flows\":\"add up connections=8 chunk=16K send=max read=200K/s\"}]}}")
                .formatted(profiles.get(0).id()));
      }
    } catch (InterruptedException ends) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(Map<String, Object> fields) {
    try {
      return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(fields);
    } catch (IOException impossible) {
      throw new IllegalStateException("a text cannot fail to be written", impossible);
    }
  }

  /** Ends its threads. */
  @Override
  public void close() {
    desk.close();
  }
}
