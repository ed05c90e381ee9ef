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
   * @return the fault
   */
  public static Fault on(String call, String file) {
    return new Fault(call.toLowerCase(Locale.ROOT) + " " + file, "");
  }

  /**
   * Calls on groups.
   *
   * @param call {@code mkdir}, {@code rmdir} or {@code rename}
   * @return the fault
   */
  public static Fault on(String call) {
    return new Fault(call.toLowerCase(Locale.ROOT), "");
  }

  /**
   * They fail.
   *
   * @param errno the name of the error, as {@code EBUSY}
   * @return a fault that also fails
   */
  public Fault failing(String errno) {
    return with("error=" + errno);
  }

  /**
   * They wait first, by the clock of the file system. On virtual time they wait until another
   * thread calls {@link Cgroups#advance}.
   *
   * @param delay 1 ms or more
   * @return a fault that also waits
   */
  public Fault delayed(Duration delay) {
    return with("delay=" + delay.toMillis() + "ms");
  }

  /**
   * Reads are short.
   *
   * @param bytes what a read returns at most, 0 or more
   * @return a fault that also shortens
   */
  public Fault shortenedTo(int bytes) {
    return with("short=" + bytes);
  }

  /**
   * The first calls go well.
   *
   * @param calls how many, 0 or more
   * @return a fault that begins later
   */
  public Fault after(long calls) {
    return with("after=" + calls);
  }

  /**
   * Not all calls are struck. Without this, all are.
   *
   * @param calls how many at most, 1 or more
   * @return a fault that ends
   */
  public Fault times(long calls) {
    return with("count=" + calls);
  }

  /**
   * Chance decides of each call, by the seed.
   *
   * @param probability how likely it is struck, 0 to 1
   * @return a fault that strikes by chance
   */
  public Fault withProbability(double probability) {
    return with(String.format(Locale.ROOT, "probability=%.6f", probability));
  }

  /**
   * Only in some groups.
   *
   * @param pattern of their paths, from the group that has the fault
   * @return a fault of these groups
   */
  public Fault inGroups(String pattern) {
    return with("group=" + pattern);
  }

  /**
   * Also where no kernel would ever answer so.
   *
   * @return a fault that is not questioned
   */
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
