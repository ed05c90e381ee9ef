package io.github.vcgroupfs.referee;

import java.util.List;
import java.util.Set;

/**
 * Files whose numbers a real group moves by itself, since it holds kernel memory of its own: of
 * these the shape is compared, which lines there are, and not the numbers. The limits of the
 * hierarchy in {@code memory.stat} stay.
 */
final class Volatile {
  private static final Set<String> NAMES =
      Set.of(
          "memory.stat",
          "memory.numa_stat",
          "memory.kmem.slabinfo",
          "memory.pressure_level",
          "memory.usage_in_bytes",
          "memory.max_usage_in_bytes",
          "memory.memsw.usage_in_bytes",
          "memory.memsw.max_usage_in_bytes",
          "memory.kmem.usage_in_bytes",
          "memory.kmem.max_usage_in_bytes");

  private Volatile() {}

  /** Whether it is one of them. */
  static boolean has(String fileName) {
    return NAMES.contains(fileName);
  }

  /** Its lines: what stands before {@code =}, numbers as {@code N}. */
  static List<String> shape(String text) {
    return text.lines()
        .map(
            line ->
                line.startsWith("hierarchical_mem")
                    ? line
                    : line.split("=", 2)[0].replaceAll("[0-9]+", "N"))
        .toList();
  }

  /**
   * Whether an answer came from that hidden memory and is no fact about the interface: under a tiny
   * limit a write is EBUSY and a mkdir ENOMEM, and failures are counted. The kernel does not repeat
   * it.
   */
  static boolean decided(Step step, Answer answer) {
    return switch (step.operation()) {
      case MKDIR -> answer.is("ENOMEM");
      case READ ->
          step.fileName().equals("memory.failcnt") && !answer.is("0\n") && !answer.is("ENOENT");
      default ->
          step.operation().writes()
              && answer.has("EBUSY")
              && Set.of("memory.limit_in_bytes", "memory.memsw.limit_in_bytes")
                  .contains(step.fileName());
    };
  }
}
