package io.github.vcgroupfs.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How a program starts under a filter, and how it ends. */
@Tag("jdk")
@Tag("single-cpu")
@Timeout(180)
@ResourceLock(value = SharedResources.MOUNT_COPIES, mode = ResourceAccessMode.READ)
class LaunchIT {
  private static final int SIGTERM = 15;
  private static final int LAUNCHES = 15;
  private static final int O_CLOEXEC = 02000000;

  @TempDir Path folder;

  @BeforeAll
  static void linuxHasIt() throws Exception {
    Needs.that(Listener.obstacle().isEmpty(), Listener.obstacle().orElse(""));
  }

  private static Supervision start(String... words) throws Exception {
    return Supervision.start(SeccompIT.OPENS, Notification::proceed, words);
  }

  private static Ending ending(String... words) throws Exception {
    try (Supervision run = start(words)) {
      return run.await();
    }
  }

  private static String sh(String command) throws Exception {
    return Supervision.sh(SeccompIT.OPENS, Notification::proceed, command);
  }

  @Test
  void theExitStatusOrTheSignalIsTold() throws Exception {
    assertThat(ending("true")).isEqualTo(new Ending(0, 0));
    assertThat(ending("sh", "-c", "exit 7")).isEqualTo(new Ending(7, 0));
    assertThat(ending("sh", "-c", "kill -11 $$")).isEqualTo(new Ending(0, 11));
  }

  @Test
  void aSignalIsSentToTheProgram() throws Exception {
    try (Supervision run = start("sleep", "60")) {
      assertThat(run.launch().pid()).isPositive();
      run.launch().signal(SIGTERM);
      assertThat(run.await()).isEqualTo(new Ending(0, SIGTERM));
      run.launch().signal(SIGTERM); // nobody gets it
    }
  }

  @Test
  void aProgramThatIsNotThereIsAnError() throws Exception {
    assertThatThrownBy(() -> ending("/none/such")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> ending("none-such")).isInstanceOf(NoSuchFileException.class);
    String text = Files.writeString(folder.resolve("text"), "x").toString();
    assertThatThrownBy(() -> ending(text)).isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void aTextWithoutAFirstLineIsForTheShell() throws Exception {
    Path script = Files.writeString(folder.resolve("script"), "exit $(($1 + 1))\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(ending(script.toString(), "4")).isEqualTo(new Ending(5, 0));
  }

  @Test
  void onlyTheStandardDescriptorsAreOpen() throws Exception {
    // ls has one for the folder itself
    assertThat(sh("ls /proc/self/fd").lines()).containsExactly("0", "1", "2", "3");
  }

  /** As with glibc before 2.34, and with musl. */
  @Test
  void theyAreClosedOneByOneWhereLibcHasNoBetterWay() throws Exception {
    int inherited = openForChildren();
    try {
      String command = "ls /proc/self/fd > " + folder.resolve("out");
      Program program =
          Program.of(
              List.of("sh", "-c", command), Program.ownEnvironment(), Descriptors::closingEach);
      try (Supervision run = new Supervision(SeccompIT.OPENS, Notification::proceed, 1, program)) {
        assertThat(run.await()).isEqualTo(new Ending(0, 0));
      }
      assertThat(Files.readAllLines(folder.resolve("out"))).containsExactly("0", "1", "2", "3");
    } finally {
      Syscalls.close(inherited);
    }
  }

  /** Else a program that another thread starts at that moment would be without its pipes. */
  @Test
  void ourOwnDescriptorsStayAsTheyAre() throws Exception {
    int inherited = openForChildren();
    try {
      assertThat(ending("true")).isEqualTo(new Ending(0, 0));
      assertThat(flags(inherited) & O_CLOEXEC).isZero();
    } finally {
      Syscalls.close(inherited);
    }
  }

  private int openForChildren() throws Exception {
    int fd = Syscalls.open(folder, 0);
    assertThat(flags(fd) & O_CLOEXEC).isZero();
    return fd;
  }

  /** What open(2) and fcntl(2) have set, from {@code /proc/self/fdinfo}. */
  private static int flags(int fd) throws Exception {
    return Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).stream()
        .filter(line -> line.startsWith("flags:"))
        .mapToInt(line -> Integer.parseInt(line.substring("flags:".length()).strip(), 8))
        .sum();
  }

  @Test
  void noSignalIsBlockedOrIgnored() throws Exception {
    // glibc lets the two that it uses itself, 32 and 33, be ignored in what it spawns
    assertThat(sh("grep -E 'Sig(Blk|Ign)' /proc/self/status").replace("180000000", "000000000"))
        .isEqualTo("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
  }

  @Test
  void argumentsAreBytes() throws Exception {
    String out = folder.resolve("out").toString();
    ending("sh", "-c", "printf %s \"$1\" > " + out, "sh", "\u00ff\u0001 x");
    assertThat(Files.readAllBytes(Path.of(out))).containsExactly(0xff, 1, ' ', 'x');
  }

  /** Killed with a process that had no time to do anything about it. */
  @Test
  void aProgramCanEndWithItsStarter() throws Exception {
    Needs.programs("setpriv");
    List<String> words =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("java.class.path"),
            BoundProgram.class.getName(),
            "sleep",
            "100");
    Process starter = new ProcessBuilder(words).redirectError(Redirect.INHERIT).start();
    try (BufferedReader out = starter.inputReader()) {
      long pid = Long.parseLong(out.readLine());
      ProcessHandle program = ProcessHandle.of(pid).orElseThrow();
      while (!Files.readString(Path.of("/proc/" + pid + "/comm")).equals("sleep\n")) {
        Thread.sleep(10); // until then it is setpriv
      }
      starter.destroyForcibly().waitFor();
      program.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aProgramThatIsNotThereCannotBeBound() throws Exception {
    Program none = Program.of(List.of("none-such"), List.of());
    assertThat(none.endingWithStarter()).isEmpty();
  }

  /**
   * The thread that has the filter must not wait for a lock, or for a class, while nobody answers
   * yet. So others collect garbage, and load classes from files, all the time.
   */
  @Test
  void aBusyJvmDoesNotHoldUpTheStart() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Thread> others = new ArrayList<>();
    others.add(new Thread(() -> collect(done), "collects"));
    others.add(new Thread(() -> loadClasses(done), "loads"));
    others.forEach(Thread::start);
    try {
      for (int i = 0; i < LAUNCHES; i++) {
        assertThat(ending("true")).isEqualTo(new Ending(0, 0));
      }
    } finally {
      done.set(true);
      for (Thread each : others) {
        each.join();
      }
    }
  }

  private static void collect(AtomicBoolean done) {
    while (!done.get()) {
      for (int i = 0; i < 1000; i++) {
        assertThat(new ByteArrayOutputStream(10_000).size()).isZero();
      }
      System.gc();
    }
  }

  private static void loadClasses(AtomicBoolean done) {
    URL code = Filter.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader none = ClassLoader.getPlatformClassLoader();
    while (!done.get()) {
      try (URLClassLoader loader = new URLClassLoader(new URL[] {code}, none)) {
        assertThat(loader.loadClass(Filter.class.getName())).isNotEqualTo(Filter.class);
      } catch (ReflectiveOperationException | java.io.IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
