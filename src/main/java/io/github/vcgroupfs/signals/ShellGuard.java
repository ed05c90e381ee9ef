package io.github.vcgroupfs.signals;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell that reads from a pipe which processes are stopped. When the pipe ends, because the
 * daemon has ended in whatever way, it lets those go on that are still on its list. It is in a
 * session of its own, so that who kills the daemon's process group does not kill it, too. A process
 * is known by its id and its start time.
 *
 * <p>It starts with the first process that is stopped. If somebody ends it, the next call starts
 * another one with the same list. Not thread-safe.
 */
final class ShellGuard implements Guard {
  private static final Logger LOG = LoggerFactory.getLogger(ShellGuard.class);
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** {@code /proc/PID/stat}: the start time is the twentieth word after the name. */
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM TSTP TTIN TTOU
      set -f
      held=' '
      while read -r what pid start; do
        case $what in
        +) held="$held$pid:$start " ;;
        -) case $held in *" $pid:"*)
             after=${held#*" $pid:"}
             held="${held%%" $pid:"*} ${after#* }" ;;
           esac ;;
        esac
      done
      for each in $held; do
        pid=${each%%:*}
        { read -r line < "/proc/$pid/stat"; } 2>/dev/null || continue
        set -- ${line##*) }
        [ "${20}" != "${each#*:}" ] || kill -CONT "$pid" 2>/dev/null
      done
      """;

  /** The start times of those that are held, by id. */
  private final Map<Integer, Long> held = new LinkedHashMap<>();

  private @Nullable Process shell;

  @Override
  public void holds(int pid, long startTime) throws IOException {
    held.put(pid, startTime);
    boolean told = false;
    try {
      tell(line(pid, startTime));
      told = true;
    } finally {
      if (!told) {
        held.remove(pid);
      }
    }
  }

  @Override
  public void hasLetGo(int pid) {
    held.remove(pid);
    try {
      tell("- " + pid + "\n");
    } catch (IOException e) {
      LOG.warn("nobody watches over {} stopped processes if this daemon is killed", held.size(), e);
    }
  }

  private static String line(int pid, long startTime) {
    return "+ %d %d\n".formatted(pid, startTime);
  }

  private void tell(String line) throws IOException {
    Process running = shell;
    if (running == null || !running.isAlive()) {
      running = start();
      shell = running;
      StringBuilder all = new StringBuilder();
      held.forEach((pid, startTime) -> all.append(line(pid, startTime)));
      write(running, all.toString());
    } else {
      write(running, line);
    }
  }

  private static void write(Process running, String lines) throws IOException {
    OutputStream pipe = running.getOutputStream();
    pipe.write(lines.getBytes(ISO_8859_1));
    pipe.flush();
  }

  private static Process start() throws IOException {
    List<String> words = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      words.add(SETSID.toString());
    }
    words.addAll(List.of("/bin/sh", "-c", SCRIPT, "vcgroupfs-freezer-guard"));
    return new ProcessBuilder(words)
        .directory(new File("/"))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start();
  }

  @Override
  public long pid() {
    return shell == null ? 0 : shell.pid();
  }

  /** Ends the shell, which has an empty list. */
  @Override
  public void close() {
    Process running = shell;
    if (running != null) {
      try {
        running.getOutputStream().close();
      } catch (IOException e) {
        LOG.debug("the pipe to the guard is closed already", e);
      }
    }
  }
}
