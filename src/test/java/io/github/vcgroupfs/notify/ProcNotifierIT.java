package io.github.vcgroupfs.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fetches the eventfds of a real process, which is told by lines what to do. */
@Tag("jdk")
@Tag("single-cpu")
class ProcNotifierIT {
  private static final String CLIENT =
      """
      import ctypes, os, sys, threading
      libc = ctypes.CDLL(None)
      def serve():
        say(threading.get_native_id())
        for line in sys.stdin:
          say(eval(line))
      def say(what):
        print(what, flush=True)
      def put(fd, value):
        return os.write(fd, value.to_bytes(8, 'little'))
      def take(fd):
        try: return int.from_bytes(os.read(fd, 8), 'little')
        except BlockingIOError: return 0
      thread = threading.Thread(target=serve); thread.start(); thread.join()
      """;

  private final ProcNotifier notifier = new ProcNotifier(() -> "", System::nanoTime);
  private Process client;
  private BufferedReader answers;
  private PrintStream orders;
  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    client = new ProcessBuilder("/usr/bin/python3", "-c", CLIENT).redirectErrorStream(true).start();
    answers =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    orders = new PrintStream(client.getOutputStream(), true, StandardCharsets.ISO_8859_1);
    caller = new Caller(0, 0, Integer.parseInt(answers.readLine()));
    assertThat((long) caller.tid()).as("a thread, not the process").isNotEqualTo(client.pid());
  }

  @AfterEach
  void stop() throws InterruptedException {
    notifier.close();
    if (client != null) { // there is none where Python is missing
      client.destroyForcibly().waitFor();
    }
  }

  private String ask(String expression) throws IOException {
    orders.println(expression);
    return answers.readLine();
  }

  private int askFd(String expression) throws IOException {
    return Integer.parseInt(ask(expression));
  }

  private Errno refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    ErrnoException refusal = catchThrowableOfType(ErrnoException.class, call);
    assertThat(refusal).isNotNull();
    return refusal.errno();
  }

  @Test
  void aSignalArrives() throws Exception {
    int fd = askFd("libc.eventfd(0, os.O_NONBLOCK)");
    EventFd event = notifier.open(caller, fd);
    assertThat(ask("take(%d)".formatted(fd))).isEqualTo("0");
    event.signal();
    event.signal();
    notifier.settle();
    assertThat(ask("take(%d)".formatted(fd))).isEqualTo("2");
    event.signal();
    event.close();
    event.signal();
    notifier.settle();
    assertThat(ask("take(%d)".formatted(fd))).as("signalled before the end").isEqualTo("1");
    while (!event.isGone()) { // closed by its thread, which settle() need not await
      Thread.sleep(1);
    }
  }

  @Test
  void aFullCounterKeepsNobody() throws Exception {
    int fd = askFd("libc.eventfd(0, 0)"); // a write to a full one blocks
    EventFd event = notifier.open(caller, fd);
    assertThat(ask("put(%d, 2**64 - 3)".formatted(fd))).isEqualTo("8");
    for (int i = 0; i < 5; i++) {
      event.signal();
    }
    notifier.settle();
    assertThat(ask("take(%d)".formatted(fd))).isEqualTo("18446744073709551614");
    event.signal();
    notifier.settle();
    assertThat(ask("take(%d)".formatted(fd))).isEqualTo("1");
    event.close();
  }

  @Test
  void aClientThatExitsIsGone() throws Exception {
    EventFd event = notifier.open(caller, askFd("libc.eventfd(0, 0)"));
    assertThat(event.isGone()).isFalse();
    client.destroyForcibly();
    assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(event.isGone()).isTrue();
    event.signal(); // does no harm
    event.close();
    notifier.settle();
  }

  @Test
  void badDescriptorsAreToldApart() throws Exception {
    int event = askFd("libc.eventfd(0, 0)");
    int file = askFd("os.open('/dev/null', os.O_RDONLY)");
    int path = askFd("os.open('/dev/null', os.O_PATH)");
    int eventPath = askFd("os.open('/proc/self/fd/%d', os.O_PATH)".formatted(event));
    assertThat(refusal(() -> notifier.open(caller, 999))).isEqualTo(Errno.EBADF);
    assertThat(refusal(() -> notifier.open(caller, -1))).isEqualTo(Errno.EBADF);
    assertThat(refusal(() -> notifier.open(caller, file))).isEqualTo(Errno.EINVAL);
    assertThat(refusal(() -> notifier.open(caller, eventPath))).isEqualTo(Errno.EBADF);
    assertThat(refusal(() -> notifier.inspect(caller, 999))).isEqualTo(Errno.EBADF);
    assertThat(refusal(() -> notifier.inspect(caller, path))).isEqualTo(Errno.EBADF);
    assertThat(refusal(() -> notifier.open(new Caller(0, 0, 0), event))).isEqualTo(Errno.EPERM);
  }

  @Test
  void aFileIsKnownByItsNumberAndTheDeviceOfItsMount() throws Exception {
    int file = askFd("os.open('/etc/passwd', os.O_RDONLY)");
    long ino = Long.parseLong(ask("os.fstat(%d).st_ino".formatted(file)));
    String device =
        ask(
            "'%%d:%%d' %% (lambda d: (os.major(d), os.minor(d)))(os.fstat(%d).st_dev)"
                .formatted(file));
    assertThat(notifier.inspect(caller, file).ino()).isEqualTo(ino);
    assertThat(new ProcNotifier(() -> device, System::nanoTime).inspect(caller, file).ino())
        .isEqualTo(ino);
    assertThat(new ProcNotifier(() -> "0:0", System::nanoTime).inspect(caller, file).ino())
        .isZero();
  }
}
