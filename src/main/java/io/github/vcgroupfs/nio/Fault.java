package io.github.vcgroupfs.nio;

import java.time.Duration;
import java.util.Locale;

/**
 * A fault: which calls are to fail, wait or read short. It is a line of {@code sim.fault}, whose
 * grammar the page {@code files.md} explains. Immutable: each method gives another fault.
 *
 * <pre>{@code
 * web.fault(Fault.on("write", "memory.limit_in_bytes").failing("EBUSY").times(1));
 * }</pre>
 */
public final class Fault {
  private final String call;
  private final String options;

  private Fault(String call, String options) {
    this.call = call;
    this.options = options;
  }

  /**
   * Calls on control files.
   *
   * @param call {@code open}, {@code read}, {@code write} or another name of a call
   * @param file the name of a control file, with {@code *} and {@code ?} for any part
   */
  public static Fault on(String call, String file) {
    return new Fault(call.toLowerCase(Locale.ROOT) + " " + file, "");
  }

  /**
   * Calls on groups.
   *
   * @param call {@code mkdir}, {@code rmdir} or {@code rename}
   */
  public static Fault on(String call) {
    return new Fault(call.toLowerCase(Locale.ROOT), "");
  }

  /** They fail with this error: its name, as {@code EBUSY}. */
  public Fault failing(String errno) {
    return with("error=" + errno);
  }

  /**
   * They wait first, by the clock of the file system. On virtual time they wait until another
   * thread calls {@link Cgroups#advance}.
   *
   * @param delay 1 ms or more
   */
  public Fault delayed(Duration delay) {
    return with("delay=" + delay.toMillis() + "ms");
  }

  /** A read returns at most this many bytes, 0 or more. */
  public Fault shortenedTo(int bytes) {
    return with("short=" + bytes);
  }

  /** So many calls go well at first, 0 or more. */
  public Fault after(long calls) {
    return with("after=" + calls);
  }

  /** So many calls are struck at most, 1 or more. Without this, all are. */
  public Fault times(long calls) {
    return with("count=" + calls);
  }

  /** How likely each of the calls is struck, 0 to 1; decided by the seed. */
  public Fault withProbability(double probability) {
    return with(String.format(Locale.ROOT, "probability=%.6f", probability));
  }

  /** Only in groups whose path, from the group that has the fault, matches this pattern. */
  public Fault inGroups(String pattern) {
    return with("group=" + pattern);
  }

  /** Also where no kernel would ever answer so. */
  public Fault evenIfImpossible() {
    return with("force");
  }

  private Fault with(String option) {
    // "force" stands last
    boolean forced = options.endsWith(" force");
    String before = forced ? options.substring(0, options.length() - " force".length()) : options;
    return new Fault(call, before + " " + option + (forced ? " force" : ""));
  }

  /** The line. */
  @Override
  public String toString() {
    return call + options;
  }
}
