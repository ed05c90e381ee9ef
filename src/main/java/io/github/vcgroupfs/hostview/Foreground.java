package io.github.vcgroupfs.hostview;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStat;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command in a process of its own and waits for it. Signals that people send to this process
 * are passed on to the command, and the exit status of the command is returned.
 *
 * <p>Thread-safe: signals come from a thread of the JVM.
 */
public final class Foreground {
  private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP", "USR1", "USR2");

  /** {@code include/uapi/asm-generic/signal.h}. */
  private static final int SIGINT = 2;

  /** What shells say of a program that a signal has ended: this and its number. */
  private static final int BY_SIGNAL = 128;

  @GuardedBy("this")
  private @Nullable Receiver receiver;

  /** The number of a signal that came before the command; 0 if none did. */
  @GuardedBy("this")
  private int early;

  /** Whether the receiver does not get the signals of a terminal's keys by itself. */
  @GuardedBy("this")
  private boolean wantsAll;

  private Foreground() {}

  /** Where signals go. */
  public interface Receiver {
    /** Takes a signal. */
    void signal(int number);
  }

  /** Takes over the signals. From now on a signal waits for the command, or prevents its start. */
  public static Foreground take() {
    Foreground foreground = new Foreground();
    for (String name : SIGNALS) {
      Signals.handle(name, foreground::pass);
    }
    return foreground;
  }

  /**
   * Runs a command and waits until it ends.
   *
   * @param words the program and its arguments
   * @return its exit status; 128 + N if signal N ended it
   */
  public int run(List<String> words) throws IOException, InterruptedException {
    Process started;
    synchronized (this) {
      if (early != 0) {
        return BY_SIGNAL + early;
      }
      started = new ProcessBuilder(words).inheritIO().start();
      receiver =
          signal -> {
            if (started.isAlive()) {
              HostView.signal(started.pid(), signal);
            }
          };
    }
    return started.waitFor();
  }

  /** Whether a signal has come already: then the command is not to be started. */
  public synchronized OptionalInt early() {
    return early == 0 ? OptionalInt.empty() : OptionalInt.of(BY_SIGNAL + early);
  }

  /** Passes signals on to a command that was started; also one that came meanwhile. */
  public synchronized void passTo(Receiver command) {
    receiver = command;
    if (early != 0) {
      command.signal(early);
    }
  }

  /** Gives all signals to somebody, also those of a terminal's keys. */
  public synchronized void giveTo(Receiver all) {
    receiver = all;
    wantsAll = true;
  }

  private synchronized void pass(int signal) {
    if (receiver == null) {
      early = signal;
    } else if (signal != SIGINT || !hasTerminal() || wantsAll) {
      receiver.signal(signal);
    }
  }

  /** Whether the keys of a terminal send their signals to this process, so to the command, too. */
  private static boolean hasTerminal() {
    TaskStat self = new ProcReader("/proc").stat((int) ProcessHandle.current().pid());
    return self != null && self.hasTerminal();
  }
}
