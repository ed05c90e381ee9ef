package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * System calls of one kind of work, each counted. An errno that was not among the expected ones is
 * an error. Thread-safe.
 */
final class Calls {
  private static final int MAX_TEXT_BYTES = 1 << 20;

  private final String kind;
  private final Tally tally;

  Calls(String kind, Tally tally) {
    this.kind = kind;
    this.tally = tally;
  }

  /** Opens, writes once and closes; 0, or the negative errno of the first that failed. */
  int write(Path file, String text, Errno... expected) {
    return judge(
        Math.min(0, Syscalls.writeOnce(file, text)), "write \"" + text + "\" " + file, expected);
  }

  int mkdir(Path group, Errno... expected) {
    return judge(Syscalls.mkdir(group), "mkdir " + group, expected);
  }

  int rmdir(Path group, Errno... expected) {
    return judge(Syscalls.rmdir(group), "rmdir " + group, expected);
  }

  /** The text of a file, one read(2) at a time; what there was until an error. */
  String read(Path file, Errno... expected) {
    StringBuilder text = new StringBuilder();
    int fd = Syscalls.open(file, Syscalls.O_RDONLY);
    int last = fd;
    if (fd >= 0) {
      byte[] part = new byte[4_096];
      do {
        last = Syscalls.read(fd, part);
        if (last > 0) {
          text.append(new String(part, 0, last, StandardCharsets.ISO_8859_1));
        }
      } while (last > 0 && text.length() < MAX_TEXT_BYTES);
      Syscalls.close(fd);
    }
    judge(Math.min(0, last), "read " + file, expected);
    return text.toString();
  }

  private int judge(int answer, String what, Errno... expected) {
    boolean fine =
        answer == 0 || Arrays.stream(expected).anyMatch(errno -> errno.number() == -answer);
    if (fine) {
      done();
    } else {
      wrong(what + ": " + name(-answer) + ", expected " + List.of(expected));
    }
    return answer;
  }

  private static String name(int number) {
    return Errno.ofNumber(number).map(Errno::name).orElse("errno " + number);
  }

  /** Something else that counts as an operation. */
  void done() {
    tally.count(kind);
  }

  /** Something that should not be. */
  void wrong(String what) {
    tally.error(kind + ": " + what);
  }
}
