package io.github.vcgroupfs.top;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * What the program was started in. Immutable.
 *
 * @param environment variables
 * @param charset of the terminal
 * @param zone of the clock on the wall
 */
public record Surroundings(Map<String, String> environment, Charset charset, ZoneId zone) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final String DUMB = "dumb";

  /** What kind of terminal it is. */
  String terminal() {
    return environment.getOrDefault("TERM", DUMB);
  }

  /** Whether a picture can be painted over another one there. */
  boolean canPaint() {
    return !terminal().equals(DUMB) && !terminal().isEmpty();
  }

  /** Whether colours are wanted: see no-color.org. */
  Theme theme() {
    return canPaint() ? new Theme(environment.getOrDefault("NO_COLOR", "").isEmpty()) : Theme.NONE;
  }

  Signs signs() {
    return charset.equals(StandardCharsets.UTF_8) ? Signs.UNICODE : Signs.ASCII;
  }

  String time(long timeMs) {
    return TIME.format(Instant.ofEpochMilli(timeMs).atZone(zone));
  }
}
