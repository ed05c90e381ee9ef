package io.github.vcgroupfs.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.Printable;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Names of callers for log lines. A name that is older than a tenth of a second is looked up again,
 * because exec changes it and ids are used again.
 *
 * <p>Thread-safe. Bounded.
 */
final class TaskNames {
  private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MAX_NAMES = 512;

  private final ProcFs proc;
  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private final Map<Integer, Name> names = new HashMap<>();

  private record Name(String text, long since) {}

  TaskNames(ProcFs proc, LongSupplier nanoTime) {
    this.proc = proc;
    this.nanoTime = nanoTime;
  }

  /** The name if it was looked up just now, or null. */
  synchronized @Nullable String fresh(int tid) {
    Name name = names.get(tid);
    return name != null && nanoTime.getAsLong() - name.since < MAX_AGE_NANOS ? name.text : null;
  }

  /** Looks it up. */
  String lookUp(int tid) {
    String text = describe(tid);
    synchronized (this) {
      if (names.size() >= MAX_NAMES) {
        names.clear();
      }
      names.put(tid, new Name(text, nanoTime.getAsLong()));
    }
    return text;
  }

  private String describe(int tid) {
    TaskStatus status = tid <= 0 ? null : proc.status(tid);
    TaskStat process = status == null ? null : proc.stat(status.tgid());
    if (process == null) {
      return "?[" + tid + "]";
    }
    // a process names itself as it likes, with newlines too; a log line must stay one
    return Printable.masked(process.comm()) + "[" + process.pid() + "]";
  }
}
