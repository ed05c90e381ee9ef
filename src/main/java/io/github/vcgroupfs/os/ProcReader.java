package io.github.vcgroupfs.os;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the real {@code /proc}. The kernel makes the text of a file as a whole, so a file is read
 * with one {@code read} if it fits into the buffer. The buffer grows with the longest file.
 *
 * <p>Thread-safe. It uses streams and not channels: an interrupt closes a channel, and that would
 * look as if the process had ended.
 */
public final class ProcReader implements ProcFs {
  private static final Logger LOG = LoggerFactory.getLogger(ProcReader.class);

  /** More than {@code stat} ever is; {@code status} may be longer, with its list of groups. */
  private static final int BUFFER_BYTES = 8192;

  /** {@code kernel/fork.c}: what waits there, by the names that compilers and versions gave it. */
  private static final Set<String> VFORK_WAITS =
      Set.of("kernel_clone", "_do_fork", "do_fork", "wait_for_vfork_done");

  private final File root;
  private final String prefix;

  @GuardedBy("this")
  private byte[] buffer = new byte[BUFFER_BYTES];

  @GuardedBy("this")
  private boolean complained;

  /** A reader of the files below a directory, usually {@code /proc}. */
  public ProcReader(String root) {
    this.root = new File(root);
    this.prefix = root + "/";
  }

  @Override
  public int[] processes() {
    String[] names = root.list();
    if (names == null) {
      complain();
      return new int[0];
    }
    return numbers(names);
  }

  @Override
  public synchronized @Nullable TaskStat stat(int tid) {
    int length = read(prefix + tid + "/stat");
    return length < 0 ? null : TaskStat.parse(buffer, length);
  }

  @Override
  public synchronized @Nullable TaskStatus status(int tid) {
    int length = read(prefix + tid + "/status");
    return length < 0
        ? null
        : TaskStatus.parse(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
  }

  /** How much a process has run, {@code /proc/PID/stat}. Null if it cannot be read. */
  public synchronized @Nullable TaskUsage usage(int pid) {
    int length = read(prefix + pid + "/stat");
    return length < 0 ? null : TaskUsage.parse(buffer, length);
  }

  /** How much one thread has run, {@code /proc/PID/task/TID/stat}. Null if it cannot be read. */
  public synchronized @Nullable TaskUsage usageOfThread(int tid) {
    int length = read(prefix + tid + "/task/" + tid + "/stat");
    return length < 0 ? null : TaskUsage.parse(buffer, length);
  }

  /**
   * How long one thread has run, {@code /proc/PID/task/TID/schedstat}, in nanoseconds. Negative if
   * it has ended, or the kernel was built without that file.
   */
  public synchronized long runtimeNsOfThread(int tid) {
    return runtimeNs(prefix + tid + "/task/" + tid + "/schedstat");
  }

  /** The same of the calling thread. */
  public synchronized long ownRuntimeNs() {
    return runtimeNs(prefix + "thread-self/schedstat");
  }

  @GuardedBy("this")
  private long runtimeNs(String file) {
    int length = read(file);
    if (length <= 0) {
      return -1;
    }
    String text = new String(buffer, 0, length, StandardCharsets.US_ASCII); // 12345 678 9
    return Long.parseLong(text.substring(0, text.indexOf(' ')));
  }

  /**
   * What is used of each processor, {@code /proc/stat}: the lines {@code cpu0}, {@code cpu1} and so
   * on. Empty if it cannot be read.
   */
  public synchronized List<String> processorLines() {
    int length = read(prefix + "stat");
    return length < 0
        ? List.of()
        : new String(buffer, 0, length, StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> line.matches("cpu[0-9].*"))
            .toList();
  }

  @Override
  public boolean exists(int tid) {
    return new File(root, Integer.toString(tid)).exists();
  }

  @Override
  public int[] threads(int pid) {
    String[] names = new File(root, pid + "/task").list();
    return names == null ? new int[0] : numbers(names);
  }

  @Override
  public synchronized boolean waitsForVfork(int tid) {
    int length = read(prefix + tid + "/wchan");
    return length > 0
        && VFORK_WAITS.contains(new String(buffer, 0, length, StandardCharsets.US_ASCII));
  }

  @Override
  public synchronized int[] children(int pid, int tid) {
    int length = read(prefix + pid + "/task/" + tid + "/children");
    if (length <= 0) {
      return new int[0];
    }
    return numbers(new String(buffer, 0, length, StandardCharsets.ISO_8859_1).split(" "));
  }

  @Override
  public @Nullable String pidNamespace(int tid, int levelsUp) {
    String link = prefix + tid + "/ns/pid";
    if (levelsUp == 0) {
      return target(link);
    }
    int fd = Libc.open(link);
    for (int level = 0; level < levelsUp && fd >= 0; level++) {
      int above = Libc.parentNamespace(fd);
      Libc.close(fd);
      fd = above;
    }
    if (fd < 0) {
      return null;
    }
    String name = target(prefix + "self/fd/" + fd);
    Libc.close(fd);
    return name;
  }

  /**
   * The name of a namespace, {@code /proc/TID/ns/KIND}. Null if the task has ended or may not be
   * looked at.
   *
   * @param tid 0 for this program itself
   * @param kind net, user and so on
   */
  public @Nullable String namespace(int tid, String kind) {
    return target(prefix + (tid == 0 ? "self" : Integer.toString(tid)) + "/ns/" + kind);
  }

  @Override
  public synchronized long uptimeTicks() {
    int length = read(prefix + "uptime"); // 12345.67 98765.43
    String text = length < 0 ? "" : new String(buffer, 0, length, StandardCharsets.US_ASCII);
    int end = text.indexOf(' ');
    return end < 0 ? 0 : Long.parseLong(text.substring(0, end).replace(".", ""));
  }

  private static @Nullable String target(String link) {
    try {
      return Files.readSymbolicLink(Path.of(link)).toString();
    } catch (IOException goneOrForbidden) {
      return null;
    }
  }

  @GuardedBy("this")
  private int read(String file) {
    try (FileInputStream in = new FileInputStream(file)) {
      int length = in.read(buffer);
      while (length == buffer.length) { // there may be more, from the same text
        buffer = Arrays.copyOf(buffer, 2 * length);
        length += Math.max(0, in.read(buffer, length, length));
      }
      return length;
    } catch (IOException goneOrForbidden) {
      return -1;
    }
  }

  private synchronized void complain() {
    if (!complained) {
      complained = true;
      LOG.warn("{} cannot be listed: who is in which group stays as it was last seen", root);
    }
  }

  private static int[] numbers(String[] names) {
    int[] found = new int[names.length];
    int count = 0;
    for (String name : names) {
      if (!name.isEmpty() && name.charAt(0) >= '1' && name.charAt(0) <= '9') {
        found[count++] = Integer.parseInt(name);
      }
    }
    return Arrays.copyOf(found, count);
  }
}
