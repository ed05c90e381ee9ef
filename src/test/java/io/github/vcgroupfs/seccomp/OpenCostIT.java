package io.github.vcgroupfs.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.Needs;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What an open costs that the supervisor reads the path of, and lets the kernel do. */
@Isolated
@Timeout(120)
class OpenCostIT {
  private static final long MOST_ADDED_NS = TimeUnit.MICROSECONDS.toNanos(100);

  private static final String PROGRAM =
      "%s/bin/java -XX:TieredStopAtLevel=1 -cp %s %s"
          .formatted(
              System.getProperty("java.home"),
              System.getProperty("java.class.path"),
              OpenCostProgram.class.getName());

  @Test
  void anOpenTakesAtMostHundredMicrosecondsMore() throws Exception {
    Needs.that(Listener.obstacle().isEmpty(), Listener.obstacle().orElse(""));
    Filter none = Filter.of(List.of(Rule.ask(Call.FSOPEN)));
    long without = median(none);
    long with = median(SeccompIT.OPENS);
    System.out.printf("open: median %d ns, supervised %d ns%n", without, with);
    assertThat(with - without).as("added to %d ns", without).isLessThan(MOST_ADDED_NS);
  }

  private static long median(Filter filter) throws Exception {
    return Long.parseLong(Supervision.sh(filter, SeccompIT::cgroup, PROGRAM).strip());
  }
}
