package io.github.vcgroupfs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of our command files. */
class CommandWordsTest {
  private enum Key {
    SIZE,
    RTT
  }

  private static long ns(String value, TimeUnit finest, long least) throws ErrnoException {
    return CommandWords.durationNs("rtt", value, finest, least, 10_000_000_000L, "write 20ms");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0s, 0", "7us, 7000", "20ms, 20000000", "10s, 10000000000"})
  void aTimeHasAUnit(String written, long wanted) throws Exception {
    assertThat(ns(written, TimeUnit.MICROSECONDS, 0)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "11s", "-1s", "1 s", "1m", "s", "9999999999us", "1.5s"})
  void othersAreNoTimes(String written) {
    ErrnoException refusal =
        catchThrowableOfType(ErrnoException.class, () -> ns(written, TimeUnit.MICROSECONDS, 0));
    assertThat(refusal.errno()).isEqualTo(Errno.EINVAL);
    assertThat(refusal)
        .hasMessage("EINVAL: rtt=" + written + " is out of range or no time: write 20ms");
  }

  @Test
  void theFinestUnitAndTheLeastTimeBind() throws Exception {
    assertThat(ns("2s", TimeUnit.SECONDS, 1)).isEqualTo(2_000_000_000L);
    assertThat(catchThrowableOfType(ErrnoException.class, () -> ns("2000ms", TimeUnit.SECONDS, 1)))
        .isNotNull();
    assertThat(catchThrowableOfType(ErrnoException.class, () -> ns("0", TimeUnit.SECONDS, 1)))
        .isNotNull();
  }

  @Test
  void anOptionIsSaidOnce() throws Exception {
    Map<Key, String> options = new EnumMap<>(Key.class);
    CommandWords.addOption(EnumSet.allOf(Key.class), "size=a=b", options);
    assertThat(options).containsExactly(Map.entry(Key.SIZE, "a=b"));
    for (String wrong : new String[] {"size=1", "rtt", "color=1"}) {
      ErrnoException refusal =
          catchThrowableOfType(
              ErrnoException.class,
              () -> CommandWords.addOption(EnumSet.allOf(Key.class), wrong, options));
      assertThat(refusal.errno()).as(wrong).isEqualTo(Errno.EINVAL);
    }
  }
}
