package io.github.vcgroupfs.seccomp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A program under a filter, with threads that answer its calls. */
final class Supervision implements AutoCloseable {
  private static final int LIMIT_SECONDS = 60;
  private static final int RECEIVERS = 2;

  private final Launch launch;
  private final Thread starter;
  private final Listener listener;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();

  /** Answers a call in one of the ways that a notification has. */
  interface Answer {
    void to(Notification notification) throws Exception;
  }

  Supervision(Filter filter, Answer answer, int receivers, Program program) throws Exception {
    CompletableFuture<Launch> prepared = new CompletableFuture<>();
    starter =
        new Thread(
            () -> {
              Launch mine = Launch.prepare(filter, program);
              prepared.complete(mine);
              mine.run();
            },
            "starter");
    starter.setDaemon(true);
    starter.start();
    launch = prepared.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    listener = launch.listener();
    for (int i = 0; i < receivers; i++) {
      Thread thread = new Thread(() -> receive(answer), "receiver-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  static Supervision start(Filter filter, Answer answer, String... words) throws Exception {
    return new Supervision(filter, answer, RECEIVERS, program(List.of(words)));
  }

  /** Runs a shell command until its end and returns what it has written to both outputs. */
  static String sh(Filter filter, Answer answer, String command) throws Exception {
    return sh(filter, answer, RECEIVERS, command);
  }

  /** The same with so many threads that answer. */
  static String sh(Filter filter, Answer answer, int receivers, String command) throws Exception {
    Path file = Files.createTempFile("seccomp", "out");
    try {
      String redirected = "exec > " + file + " 2>&1\n" + command;
      List<String> words = List.of("sh", "-c", redirected);
      try (Supervision run = new Supervision(filter, answer, receivers, program(words))) {
        run.await();
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } finally {
      Files.delete(file);
    }
  }

  private static Program program(List<String> words) throws IOException {
    return Program.of(words, Program.ownEnvironment());
  }

  private void receive(Answer answer) {
    try {
      for (Notification each = listener.receive(); each != null; each = listener.receive()) {
        answer.to(each);
      }
    } catch (Throwable e) {
      defect.compareAndSet(null, e);
    }
  }

  Launch launch() {
    return launch;
  }

  Ending await() throws Exception {
    launch.pid();
    Ending ending = launch.await();
    rethrow();
    return ending;
  }

  private void rethrow() {
    Throwable thrown = defect.get();
    if (thrown != null) {
      throw new AssertionError("a receiver ended", thrown);
    }
  }

  /** Waits until nobody uses the filter any more, so that the receivers end. */
  @Override
  public void close() {
    launch.signal(9);
    long limitMs = TimeUnit.SECONDS.toMillis(LIMIT_SECONDS);
    join(starter, limitMs);
    for (Thread each : threads) {
      join(each, limitMs);
      if (each.isAlive()) {
        throw new AssertionError(each.getName() + " still receives");
      }
    }
    listener.close();
    rethrow();
  }

  private static void join(Thread thread, long limitMs) {
    try {
      thread.join(limitMs);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
