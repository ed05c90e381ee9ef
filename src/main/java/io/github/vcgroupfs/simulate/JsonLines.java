package io.github.vcgroupfs.simulate;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;

/** Scenarios and answers as lines of JSON. Has no state. */
public final class JsonLines {
  private static final String EXAMPLE =
      "{\"name\":\"a\",\"kind\":\"fill\",\"limit\":65536,\"connections\":1,\"chunk\":16384}";

  private JsonLines() {}

  /**
   * Reads a line.
   *
   * @param line an object
   * @param number which line it is, for the message
   * @return its fields, in their order
   */
  public static Map<String, Object> parse(String line, int number)
      throws IOException, ScenarioException {
    try {
      return JSON.std.mapFrom(line);
    } catch (JacksonException bad) {
      throw new ScenarioException("not a JSON object: write one on each line, such as " + EXAMPLE)
          .ofLine(number);
    }
  }

  /** Writes fields as a line, without its end. */
  public static String text(Map<String, ?> fields) throws IOException {
    return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(fields);
  }
}
