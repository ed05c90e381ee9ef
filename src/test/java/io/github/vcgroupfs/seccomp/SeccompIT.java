package io.github.vcgroupfs.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.SharedResources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Real programs under a filter, each with a text of ours in the place of the kernel's. */
@Tag("jdk")
@Timeout(120)
@ResourceLock(value = SharedResources.MOUNT_COPIES, mode = ResourceAccessMode.READ)
class SeccompIT {
  private static final int PATH_BYTES = 4096;
  private static final int SIGKILL = 9;
  private static final long O_CLOEXEC = 02000000;
  private static final String OURS = "7:memory:/ours\n";

  static final Filter OPENS =
      Filter.of(
          List.of(
              Rule.ask(Call.OPENAT),
              Rule.ask(Call.OPEN),
              Rule.ask(Call.CREAT),
              Rule.ask(Call.OPENAT2)));

  @TempDir Path folder;

  @BeforeAll
  static void linuxHasIt() throws Exception {
    Needs.that(Listener.obstacle().isEmpty(), Listener.obstacle().orElse(""));
  }

  /** Answers our text for {@code /proc/self/cgroup} and lets the kernel do the rest. */
  static void cgroup(Notification call) throws Exception {
    if (path(call).equals("/proc/self/cgroup") && call.isValid()) {
      giveOurs(call);
    } else {
      call.proceed();
    }
  }

  private static void giveOurs(Notification call) throws Exception {
    int fd = Memfd.sealed("cgroup", OURS.getBytes(StandardCharsets.US_ASCII));
    call.answerFd(fd, (flags(call) & O_CLOEXEC) != 0);
    Libc.close(fd);
  }

  private static long flags(Notification call) {
    return switch (call.call()) {
      case OPEN -> call.argument(1);
      case OPENAT -> call.argument(2);
      default -> 0;
    };
  }

  static String path(Notification call) {
    int at = call.call() == Call.OPEN || call.call() == Call.CREAT ? 0 : 1;
    String path = call.readString(call.argument(at), PATH_BYTES);
    return path == null ? "" : path;
  }

  private static String sh(String command) throws Exception {
    return Supervision.sh(OPENS, SeccompIT::cgroup, command);
  }

  @Test
  void aChildAndAGrandchildReadOurText() throws Exception {
    assertThat(sh("cat /proc/self/cgroup")).isEqualTo(OURS);
    assertThat(sh("sh -c 'cat /proc/self/cgroup; :'; :")).isEqualTo(OURS);
  }

  @Test
  void aStaticProgramReadsOurText() throws Exception {
    Needs.programs("busybox");
    assertThat(sh("busybox cat /proc/self/cgroup")).isEqualTo(OURS);
  }

  @Test
  void rawCallsOfX86GetOurText() throws Exception {
    Needs.programs("as", "ld");
    Needs.that(System.getProperty("os.arch").equals("amd64"), "not an x86-64 machine");
    assertThat(sh(RawPrograms.open(folder).toString())).isEqualTo(OURS);
    assertThat(sh(RawPrograms.openat2(folder).toString())).isEqualTo(OURS);
    assertThat(sh(RawPrograms.open32(folder).toString())).isEqualTo(OURS);
  }

  @Test
  void ourTextCannotBeChanged() throws Exception {
    String said =
        sh(
            """
            exec 3< /proc/self/cgroup
            stat -L -c '%a %s' /proc/self/fd/3
            echo x > /proc/self/fd/3 || echo refused
            cat <&3""");
    assertThat(said).contains("444 15\n").contains("refused").endsWith(OURS);
  }

  @Test
  void aThreadOfAJvmIsAnswered() throws Exception {
    // a newer Java has warnings of its own before
    assertThat(sh(java(NestedProgram.class))).endsWith("NESTED\n");
  }

  private static String java(Class<?> program) {
    // without a look at cgroups: a JVM 25 dies of a text that does not agree with /proc/cgroups
    return "%s/bin/java -XX:-UseContainerSupport -XX:TieredStopAtLevel=1 -cp %s %s"
        .formatted(
            System.getProperty("java.home"),
            System.getProperty("java.class.path"),
            program.getName());
  }

  @Test
  void straceOfTheCommandSeesItsCalls() throws Exception {
    Needs.programs("strace");
    assertThat(sh("strace -f -e trace=openat,read sh -c 'cat /proc/self/cgroup; :'"))
        .contains(OURS)
        .containsPattern("openat\\(AT_FDCWD, \"/proc/self/cgroup\", O_RDONLY\\) += 3\n");
  }

  @Test
  void aFilterOfTheCommandsOwnIsAddedToOurs() throws Exception {
    Needs.programs("python3");
    // prctl(PR_SET_SECCOMP) with: getppid is ENOSYS, all else is allowed
    String program =
        """
        import ctypes, os, struct
        libc = ctypes.CDLL(None, use_errno=True)
        code = b''.join(struct.pack('HBBI', *i) for i in [
            (0x20, 0, 0, 0), (0x15, 0, 1, NUMBER), (6, 0, 0, 0x50026), (6, 0, 0, 0x7fff0000)])
        class Program(ctypes.Structure):
            _fields_ = [('n', ctypes.c_ushort), ('p', ctypes.c_char_p)]
        assert libc.prctl(38, 1, 0, 0, 0) == 0
        assert libc.prctl(22, 2, ctypes.byref(Program(len(code) // 8, code))) == 0
        print(libc.syscall(NUMBER), ctypes.get_errno())
        print(open('/proc/self/cgroup').read(), end='')
        """
            .replace("NUMBER", System.getProperty("os.arch").equals("amd64") ? "110" : "173");
    assertThat(python(program)).isEqualTo("-1 38\n" + OURS);
  }

  private String python(String program) throws Exception {
    Path file = Files.writeString(folder.resolve("program.py"), program);
    return sh("python3 " + file);
  }

  @Test
  void aSignalWhileTheCallWaitsDoesNotBreakIt() throws Exception {
    Needs.programs("python3");
    Path file =
        Files.writeString(
            folder.resolve("program.py"),
            """
            import os, signal
            seen = []
            signal.signal(signal.SIGALRM, lambda *a: seen.append(1))
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            fd = os.open('/proc/self/cgroup', os.O_RDONLY)
            print(os.read(fd, 100).decode(), len(seen) > 0)
            """);
    AtomicInteger asked = new AtomicInteger();
    String said =
        Supervision.sh(
            OPENS,
            call -> {
              if (path(call).equals("/proc/self/cgroup")) {
                asked.incrementAndGet();
                Thread.sleep(200);
              }
              cgroup(call);
            },
            "python3 " + file);
    assertThat(said).isEqualTo(OURS + " True\n");
    if (Installation.isAtLeast(System.getProperty("os.version"), 5, 19)) {
      assertThat(asked).as("a signal does not start it anew").hasValue(1);
    }
  }

  @Test
  void aSetUserIdProgramStillChangesTheUser() throws Exception {
    Needs.programs("setpriv");
    Needs.that(Files.isWritable(Path.of("/proc/1/oom_score_adj")), "not root");
    Path id = Files.copy(Path.of("/usr/bin/id"), folder.resolve("id"));
    Files.setPosixFilePermissions(id, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    String command =
        "chmod u+s %s; setpriv --reuid 65534 --clear-groups sh -c 'id -u; %s -u'".formatted(id, id);
    assertThat(sh(command)).isEqualTo("65534\n0\n");
  }

  @Test
  void aCallerThatIsKilledIsNoError() throws Exception {
    AtomicBoolean valid = new AtomicBoolean(true);
    String said =
        Supervision.sh(
            OPENS,
            call -> {
              if (path(call).equals("/proc/self/cgroup") && call.isValid()) {
                Libc.kill(call.tid(), SIGKILL);
                while (call.isValid()) {
                  Thread.sleep(1);
                }
                valid.set(call.isValid());
                giveOurs(call);
              } else {
                call.proceed();
              }
            },
            "cat /proc/self/cgroup; echo $?; cat /dev/null && echo on");
    assertThat(said).contains("137\n").endsWith("on\n");
    assertThat(valid).isFalse();
  }

  @Test
  void errorsAndNumbersAreAnswered() throws Exception {
    Filter filter =
        Filter.of(
            List.of(
                Rule.ask(Call.OPENAT),
                Rule.refuse(Call.UMOUNT2, Errno.ENODEV),
                Rule.ask(Call.MOUNT)));
    String said =
        Supervision.sh(
            filter,
            call -> {
              if (call.call() == Call.MOUNT) {
                call.succeed(0);
              } else if (path(call).equals("/none")) {
                call.fail(Errno.ELOOP);
              } else {
                call.proceed();
              }
            },
            "cat /none; mount -n -i -t tmpfs none /proc && echo mounted; umount -i -n /proc");
    assertThat(said)
        .contains("Too many levels of symbolic links")
        .contains("mounted")
        .doesNotContain("not permitted");
  }

  /** As the kernel answers itself if a process has no descriptor left. */
  @Test
  void aCallerWithoutADescriptorLeftIsToldSo() throws Exception {
    assertThat(sh("ulimit -n 3; read line < /proc/self/cgroup"))
        .contains("/proc/self/cgroup: Too many open files");
  }

  @Test
  void oneAnswerIsAllowed() throws Exception {
    AtomicBoolean refused = new AtomicBoolean();
    Supervision.sh(
        OPENS,
        call -> {
          call.proceed();
          try {
            call.fail(Errno.EIO);
          } catch (IllegalStateException e) {
            refused.set(e.getMessage().contains("answered before"));
          }
        },
        "cat /dev/null");
    assertThat(refused).isTrue();
  }

  @Test
  void memoryOfTheCallerIsReadAndWritten() throws Exception {
    Needs.programs("python3");
    Path file =
        Files.writeString(
            folder.resolve("program.py"),
            """
            import ctypes, mmap, os
            page = mmap.PAGESIZE
            libc = ctypes.CDLL(None, use_errno=True)
            libc.mmap.restype = ctypes.c_void_p
            at = libc.mmap(None, ctypes.c_size_t(3 * page), 3, 0x22, -1, ctypes.c_long(0))
            libc.munmap(ctypes.c_void_p(at + 2 * page), ctypes.c_size_t(page))
            text = b'/test/' + b'x' * 20
            ctypes.memmove(at + page - 10, text, len(text))
            libc.open(ctypes.c_void_p(at + page - 10), 0)   # over the border of two pages
            ctypes.memmove(at + 2 * page - 8, b'/test/yz', 8)
            print(libc.open(ctypes.c_void_p(at + 2 * page - 8), 0), ctypes.get_errno())
            print(ctypes.string_at(at, 6))
            """);
    List<Object> seen = new CopyOnWriteArrayList<>();
    String said =
        Supervision.sh(
            OPENS,
            call -> {
              long address = call.argument(1);
              String path = path(call);
              if (path.startsWith("/test/")) {
                seen.add(path);
                seen.add(call.readString(address, 26) == null);
                int page = 4096;
                byte[] text = "hello\n".getBytes(StandardCharsets.US_ASCII);
                seen.add(call.writeBytes(address + 10 - page, text));
                seen.add(call.readBytes(address + 10 + page - 4, 8) == null);
                seen.add(call.readBytes(address + 10 + page - 4, 4) == null);
              }
              call.proceed();
            },
            "python3 " + file);
    assertThat(said).isEqualTo("-1 14\nb'hello\\n'\n"); // EFAULT from the kernel itself
    assertThat(seen)
        .as("the path; no end within 26 bytes; written; 8 bytes are not there, 4 are")
        .containsExactly("/test/" + "x".repeat(20), true, true, true, false);
  }

  @Test
  void manyProcessesAtOnceAreAllAnswered() throws Exception {
    String said =
        sh(
            """
            for i in 1 2 3 4 5 6 7 8; do
              (for j in 1 2 3 4 5 6 7 8 9 10; do cat /proc/self/cgroup; done) &
            done
            wait""");
    assertThat(said).isEqualTo(OURS.repeat(80));
  }
}
