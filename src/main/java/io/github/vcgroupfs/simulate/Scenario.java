package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.kernel.BufferSizes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario of the referee asks for. Immutable.
 *
 * @param name free text
 * @param kind what the process does
 * @param limitBytes what is written to {@code memory.kmem.tcp.limit_in_bytes}; -1: nothing is
 * @param connections TCP connections, both ends in the group
 * @param chunkBytes size of each send
 * @param wmem {@code net.ipv4.tcp_wmem}; null: the profile's
 * @param rmem {@code net.ipv4.tcp_rmem}; null: the profile's
 * @param seconds how long the senders try
 * @param readChunkBytes size of each read of a stream
 * @param readEveryMs milliseconds from read to read
 * @param steps what happens meanwhile
 */
record Scenario(
    String name,
    Kind kind,
    long limitBytes,
    int connections,
    int chunkBytes,
    @Nullable BufferSizes wmem,
    @Nullable BufferSizes rmem,
    double seconds,
    int readChunkBytes,
    double readEveryMs,
    List<FreeScenario.Step> steps) {
  /** What the steps call the group; the program that measures real kernels names it so, too. */
  static final String GROUP = "tcpflow";

  /** What the process does. */
  enum Kind {
    /** Senders write until they would block; nobody reads. */
    FILL,
    /** The same, then the receivers read everything. */
    DRAIN,
    /** Senders write as fast as they can, receivers read a chunk now and then. */
    STREAM
  }

  /** A scenario of those fields, if it asks for no more than that. */
  static Scenario of(Map<String, Object> values, Budget.Limits most) throws ScenarioException {
    Fields fields = new Fields(values);
    Kind kind = kind(fields); // which of the others there are depends on it
    return new Scenario(
        fields.text("name", ""),
        kind,
        fields.integer("limit", null, -1, Long.MAX_VALUE),
        (int) fields.integer("connections", null, 1, most.connections()),
        (int) fields.integer("chunk", null, 1, most.bufferBytes()),
        fields.sizes("wmem", most.bufferBytes()),
        fields.sizes("rmem", most.bufferBytes()),
        fields.number("seconds", 1.0, most.seconds()),
        (int) fields.integer("read_chunk", 16_384L, 1, most.bufferBytes()),
        fields.number("read_every_ms", 10, 1e9),
        steps(fields, kind, most));
  }

  private static List<FreeScenario.Step> steps(Fields fields, Kind kind, Budget.Limits most)
      throws ScenarioException {
    if (!fields.has("steps")) {
      return List.of();
    }
    double seconds = fields.number("seconds", 1.0, most.seconds());
    double end = kind == Kind.DRAIN ? seconds + ScenarioRun.DRAIN_SECONDS : seconds;
    return FreeScenario.steps(fields, List.of(GROUP), end);
  }

  private static Kind kind(Fields fields) throws ScenarioException {
    String word = fields.text("kind", null);
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return kind;
      }
    }
    throw fields.wrong("kind", word, "fill, drain, stream or free");
  }
}
