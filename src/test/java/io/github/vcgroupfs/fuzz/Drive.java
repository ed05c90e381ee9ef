package io.github.vcgroupfs.fuzz;

import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Lets the threads of a run call on one tree, with a watchdog beside them. */
final class Drive {
  private static final int SHARED_PLACES = 6;
  private static final int PAUSE_MS = 200;
  private static final int HOPELESS_TIMES = 4;
  private static final int PREPARE_EVERY = 2000;
  private static final int CHILD_SECONDS = 3600;

  private final Settings settings;
  private final Place place;
  private final List<Process> children = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<String> hangs = new ArrayList<>();

  /**
   * What is asked for.
   *
   * @param calls in all
   * @param limitSeconds a call that takes longer hangs
   * @param onlyThread the one thread that runs, and shows its calls; -1 for all
   */
  record Settings(long seed, long calls, int threads, int limitSeconds, int onlyThread) {
    /** How many calls a thread makes. */
    long callsOfEach() {
      return calls / threads;
    }
  }

  /**
   * Where it is called.
   *
   * @param profile of the rows of the table
   * @param mayMoveItself whether threads may write 0 into a list of processes
   */
  record Place(String top, String profile, KernelErrnos errnos, boolean mayMoveItself) {}

  /** What is done when a call hangs. */
  interface Alarm {
    /** Prints whatever helps. */
    void hangs(String what) throws Exception;

    /** Ends the other side, so that all calls come back. */
    void giveUp() throws Exception;
  }

  Drive(Settings settings, Place place) {
    this.settings = settings;
    this.place = place;
  }

  /**
   * Makes all the calls.
   *
   * @return what came back
   * @throws AssertionError if a thread failed in itself
   */
  Outcomes run(Alarm alarm) throws Exception {
    loadAll(Drive.class, "io/github/vcgroupfs/fuzz");
    loadAll(Syscalls.class, "io/github/vcgroupfs/testing");
    loadAll(Profiles.class, "io/github/vcgroupfs");
    FuzzTree tree = new FuzzTree(place.top);
    tree.prepare();
    Targets targets = tree.targets();
    Handles shared = new Handles(SHARED_PLACES);
    Watchdog watchdog = new Watchdog(settings.limitSeconds);
    Worker.Common common = new Worker.Common(settings.seed, targets, shared, watchdog);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < settings.threads; i++) {
      if (settings.onlyThread < 0 || settings.onlyThread == i) {
        numbers.add(i);
      }
    }
    CyclicBarrier start = new CyclicBarrier(numbers.size());
    List<Long> pids = new CopyOnWriteArrayList<>();
    List<Worker> workers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int number : numbers) {
      Worker worker =
          new Worker(
              common,
              number,
              new Resources(pids, place.mayMoveItself),
              new Outcomes(place.errnos, place.profile));
      workers.add(worker);
      threads.add(
          thread(
              worker,
              number,
              () -> {
                FuzzUser.of(number).become();
                Process child =
                    new ProcessBuilder("sleep", Integer.toString(CHILD_SECONDS)).start();
                children.add(child);
                pids.add(child.pid());
                start.await();
              },
              FuzzUser.of(number) == FuzzUser.ROOT ? tree : null));
    }
    try {
      threads.forEach(Thread::start);
      watch(threads, watchdog, alarm);
    } finally {
      workers.forEach(Worker::close);
      shared.clear();
      for (Process child : children) {
        child.destroyForcibly().waitFor(settings.limitSeconds, TimeUnit.SECONDS);
      }
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a thread failed", failures.get(0));
    }
    Outcomes all = new Outcomes(place.errnos, place.profile);
    workers.forEach(each -> all.addAll(each.outcomes()));
    return all;
  }

  /**
   * Loads what lies in the same place as a class. Java loads a class when it is first needed, and
   * the users that threads become cannot read a checkout in somebody's private folder.
   */
  private static void loadAll(Class<?> one, String folder) throws Exception {
    Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isDirectory(place)) {
      return; // a jar is open since its first class
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(place.resolve(folder))) {
      files = all.filter(each -> each.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String name = place.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
      Class.forName(name, false, one.getClassLoader());
    }
  }

  /** Calls that hung, with what the alarm said. */
  List<String> hangs() {
    return hangs;
  }

  private interface Begin {
    void run() throws Exception;
  }

  private Thread thread(Worker worker, int number, Begin begin, FuzzTree tree) {
    Thread thread =
        new Thread(
            () -> {
              try {
                begin.run();
                for (long i = 0; i < settings.callsOfEach(); i++) {
                  if (tree != null && i % PREPARE_EVERY == 0) {
                    tree.prepare(); // others may have removed what makes the rest worth it
                  }
                  worker.step(i, settings.onlyThread >= 0);
                }
              } catch (Throwable failure) {
                failures.add(failure);
              }
            },
            "fuzz-" + number);
    thread.setDaemon(true); // one that hangs keeps nobody
    return thread;
  }

  private void watch(List<Thread> threads, Watchdog watchdog, Alarm alarm) throws Exception {
    for (Thread thread : threads) {
      for (thread.join(PAUSE_MS); thread.isAlive(); thread.join(PAUSE_MS)) {
        for (String hang : watchdog.look(System.nanoTime())) {
          hangs.add(hang);
          alarm.hangs(hang);
        }
        if (watchdog.isHopeless(System.nanoTime(), HOPELESS_TIMES)) {
          alarm.giveUp();
        }
        if (!failures.isEmpty()) {
          throw new AssertionError("a thread failed", failures.get(0));
        }
      }
    }
  }
}
