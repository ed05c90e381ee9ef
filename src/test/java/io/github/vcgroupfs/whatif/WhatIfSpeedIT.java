package io.github.vcgroupfs.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Profiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** How long an answer takes: it has to be there within a tenth of a second of a drag. */
@Isolated("measures")
@Timeout(120)
class WhatIfSpeedIT {
  private static final double MOST_MS = 100;
  private static final int DRAGS = 60;

  /** Eight connections and twenty virtual seconds; the limit is what is dragged. */
  @Test
  void anAnswerIsThereWithinATenthOfASecond() throws Exception {
    try (WhatIf whatIf = new WhatIf(Profiles.all(), 2)) {
      double coldMs = ask(whatIf, "\"lwn-2011\"", 0);
      for (String profiles :
          List.of("\"lwn-2011\"", "\"linux-6.18\"", "\"lwn-2011\",\"linux-6.18\"")) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < DRAGS; i++) {
          times.add(ask(whatIf, profiles, i));
        }
        Collections.sort(times);
        double median = times.get(DRAGS / 2);
        System.out.printf(
            "what-if, 8 connections, 20 s, %s: median %.1f ms, worst %.1f ms, the first %.1f ms%n",
            profiles, median, times.get(DRAGS - 1), coldMs);
        // two kernels are twice the work, and a busy machine may have one processor for both
        double mostMs = profiles.contains(",") ? 2.5 * MOST_MS : MOST_MS;
        assertThat(median).as("ms for %s", profiles).isLessThan(mostMs);
      }
    }
  }

  private static double ask(WhatIf whatIf, String profiles, int drag) throws Exception {
    long limit = 65536L << (drag % 12);
    long startNs = System.nanoTime();
    Reply reply =
        whatIf.answer(
            ("{\"viewer\":\"drag\",\"profiles\":[%s],\"steps\":300000,\"scenario\":{\"kind\":\"free\","
                    + "\"seconds\":20,\"groups\":[\"web\"],\"steps\":[{\"limit\":%d},"
                    + "{\"flows\":\"add up connections=8 chunk=16K send=600K/s read=200K/s\"}]}}")
                .formatted(profiles, limit));
    double ms = (System.nanoTime() - startNs) / 1e6;
    assertThat(reply.kind()).as(reply.json()).isEqualTo(Reply.Kind.ANSWERED);
    assertThat(reply.json()).contains("\"stopped_ms\":null");
    return ms;
  }
}
