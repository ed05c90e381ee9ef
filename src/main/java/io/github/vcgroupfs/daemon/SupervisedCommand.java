package io.github.vcgroupfs.daemon;

import static java.util.stream.Collectors.joining;

import io.github.vcgroupfs.hostview.Foreground;
import io.github.vcgroupfs.hostview.Survivors;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.seccomp.Launch;
import io.github.vcgroupfs.seccomp.Listener;
import io.github.vcgroupfs.seccomp.Program;
import io.github.vcgroupfs.seccomp.SeccompException;
import io.github.vcgroupfs.supervisor.Supervisor;
import io.github.vcgroupfs.supervisor.VirtualHost;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A command whose calls are answered by a {@link Supervisor} in this process, and so are those of
 * all processes that come from it. Not thread-safe.
 */
final class SupervisedCommand {
  /** How long others may live on before anybody is told. */
  private static final int PATIENCE_MS = 1_000;

  private static final int GRACE_MS = 100;

  /** From SIGTERM to SIGKILL. */
  private static final int LIMIT_MS = 5_000;

  // include/uapi/asm-generic/signal.h
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  private final Foreground foreground;
  private final Consumer<String> say;

  /**
   * A command.
   *
   * @param foreground has the signals that people send
   * @param say prints a line for people
   */
  SupervisedCommand(Foreground foreground, Consumer<String> say) {
    this.foreground = foreground;
    this.say = say;
  }

  /** What is done with the command before it runs. */
  interface Birth {
    /** The command has this process id, and waits. */
    void of(int pid) throws MountException, InterruptedException;
  }

  /**
   * Runs it and waits until it and all that came from it have ended. The calling thread has the
   * mounts that they see.
   *
   * @param host the machine that they believe in
   * @param words the program and its arguments, one char a byte
   * @return its exit status; 128 + N if signal N ended it
   */
  int run(VirtualHost host, List<String> words, Birth birth)
      throws IOException, MountException, InterruptedException {
    OptionalInt early = foreground.early();
    if (early.isPresent()) {
      return early.getAsInt();
    }
    Supervisor supervisor = new Supervisor(host);
    Launch launch = launch(program(words));
    Listener listener = listener(launch);
    try {
      // Its first open waits for an answer; so it sees nothing before it is in its group.
      birth.of(launch.pid());
    } catch (MountException | InterruptedException | RuntimeException | Error e) {
      launch.signal(SIGKILL);
      throw e;
    } finally {
      supervisor.start(listener);
    }
    // A signal that comes when the command has ended is for those that outlive it.
    CountDownLatch asked = new CountDownLatch(1);
    foreground.passTo(
        number -> {
          if (!launch.signal(number)) {
            asked.countDown();
          }
        });
    int status = launch.await().forShell();
    foreground.giveTo(number -> asked.countDown());
    awaitOthers(supervisor, asked);
    return status;
  }

  /** Does what a run does, but for the filter and the command, to load the classes for it. */
  static void rehearse(VirtualHost host) throws IOException, InterruptedException {
    new Supervisor(host).rehearse();
    Program program = program(List.of("true"));
    Thread thread = new Thread(() -> Launch.prepare(Supervisor.filter(), program), "rehearsal");
    thread.start();
    thread.join();
  }

  /** If possible it is killed when this process is: it could open no file any more. */
  private static Program program(List<String> words) throws IOException {
    Program program = Program.of(words, Program.ownEnvironment());
    return program.endingWithStarter().orElse(program);
  }

  private static Listener listener(Launch launch) throws MountException, InterruptedException {
    try {
      return launch.listener();
    } catch (SeccompException refused) {
      throw new MountException(
          MountException.Kind.PREREQUISITE,
          refused.getMessage() + "; --way bind and --way text do without");
    }
  }

  /** Starts the command on a thread that has our mounts, and ends with it. */
  private static Launch launch(Program program) {
    CompletableFuture<Launch> prepared = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              Launch launch = Launch.prepare(Supervisor.filter(), program);
              prepared.complete(launch);
              launch.run();
            },
            "command");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((who, defect) -> prepared.completeExceptionally(defect));
    thread.start();
    return prepared.join();
  }

  /**
   * Waits for those that outlive the command, or ends them.
   *
   * @param asked is zero when they are to end; who reads what is said here may ask at once
   */
  private void awaitOthers(Supervisor supervisor, CountDownLatch asked)
      throws InterruptedException {
    if (supervisor.awaitEnd(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
      return;
    }
    Survivors survivors = new Survivors(new ProcReader("/proc"));
    if (asked.getCount() > 0) {
      tell(survivors);
    }
    while (asked.getCount() > 0) {
      if (supervisor.awaitEnd(GRACE_MS, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
    end(supervisor, survivors);
  }

  private void tell(Survivors survivors) {
    say.accept(
        "the command has ended, but processes that it started have not (%s): run stays for them;"
                .formatted(
                    survivors.now().stream().sorted().map(Object::toString).collect(joining(", ")))
            + " Ctrl-C or SIGTERM ends them");
  }

  private static void end(Supervisor supervisor, Survivors survivors) throws InterruptedException {
    survivors.signal(SIGTERM);
    boolean ended = supervisor.awaitEnd(LIMIT_MS, TimeUnit.MILLISECONDS);
    for (int ms = 0; !ended && ms < LIMIT_MS; ms += GRACE_MS) {
      survivors.signal(SIGKILL); // again and again: one that was just being made was not among them
      ended = supervisor.awaitEnd(GRACE_MS, TimeUnit.MILLISECONDS);
    }
  }
}
