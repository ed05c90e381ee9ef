package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStatus;
import io.github.vcgroupfs.rights.Readers;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks into {@code /proc} for what a reader may know. A reader in another pid namespace sees the
 * processes of that namespace and of those below it, with their numbers there. If the {@code /proc}
 * of the reader was mounted with {@code hidepid}, it sees its own user's processes only, as {@code
 * fs/proc/base.c has_pid_permissions} has it.
 *
 * <ul>
 *   <li>Unlike Linux, {@code hidepid} counts for every user but root and the mount's owner, also
 *       with capabilities of its own.
 *   <li>Unlike Linux, a process that has exited cannot be seen from another pid namespace.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class ProcReaders implements Readers {
  private static final String PROC = "/proc";

  /** Made when it is needed: a start is not to wait for it. */
  private static final class Syntax {
    /** {@code fs/proc/root.c proc_param_specs}: 1, 2 and 4 have names since Linux 5.8. */
    static final Pattern HIDEPID =
        Pattern.compile("(?:^|,)hidepid=(?!0(?:,|$)|off(?:,|$))[0-9a-z]+");

    static final Pattern HIDEPID_GID = Pattern.compile("(?:^|,)gid=([0-9]+)");
    static final Pattern PROCESS = Pattern.compile("(.*)\\[([0-9]+)]", Pattern.DOTALL);
  }

  private final ProcFs proc;
  private final PidNamespaces namespaces;
  private final IntFunction<Optional<MountTable>> mounts;

  /** Reads the real {@code /proc}. */
  public ProcReaders() {
    this(new ProcReader(PROC), MountTable::of);
  }

  /**
   * Reads any {@code /proc}.
   *
   * @param mounts the mounts that a process sees; nothing if that cannot be known
   */
  ProcReaders(ProcFs proc, IntFunction<Optional<MountTable>> mounts) {
    this.proc = proc;
    this.namespaces = new PidNamespaces(proc);
    this.mounts = mounts;
  }

  @Override
  public Reader of(Caller caller) {
    return new ProcessOf(caller);
  }

  /** One reader. What is asked for is looked up once. */
  private final class ProcessOf implements Reader {
    private final Caller caller;
    private final @Nullable TaskStatus status;
    private final Map<String, Optional<String>> translated = new HashMap<>();
    private @Nullable Boolean othersHidden;

    ProcessOf(Caller caller) {
      this.caller = caller;
      this.status = caller.tid() == 0 ? null : proc.status(caller.tid());
    }

    @Override
    public boolean isIn(int gid) {
      return status != null && status.groups().contains(gid);
    }

    @Override
    public @Nullable String process(String process, int uid) {
      Matcher parts = Syntax.PROCESS.matcher(process);
      if (!parts.matches()) {
        return process; // no process but the kernel
      }
      TaskStatus reader = status;
      if (reader == null) {
        return null; // who cannot be seen from here cannot see what is here
      }
      if (uid != caller.uid() && hidesOthers()) {
        return null;
      }
      if (!reader.isInOtherPidNamespace()) {
        return process;
      }
      return translated
          .computeIfAbsent(
              process, key -> translated(reader, parts.group(1), Integer.parseInt(parts.group(2))))
          .orElse(null);
    }

    private Optional<String> translated(TaskStatus reader, String name, int pid) {
      int[] seen = namespaces.seenBy(reader.tid(), new int[] {pid});
      return seen.length == 0 ? Optional.empty() : Optional.of(name + "[" + seen[0] + "]");
    }

    private boolean hidesOthers() {
      Boolean known = othersHidden;
      if (known == null) {
        String options =
            mounts
                .apply(caller.tid())
                .flatMap(table -> table.top(PROC))
                .map(MountEntry::superOptions)
                .orElse("");
        Matcher gid = Syntax.HIDEPID_GID.matcher(options);
        boolean exempt = gid.find() && isMember(Integer.parseUnsignedInt(gid.group(1)));
        known = Syntax.HIDEPID.matcher(options).find() && !exempt;
        othersHidden = known;
      }
      return known;
    }

    private boolean isMember(int gid) {
      return gid == caller.gid() || isIn(gid);
    }
  }
}
