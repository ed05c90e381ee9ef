package io.github.vcgroupfs.referee;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.Immutable;
import io.github.vcgroupfs.testing.Syscalls;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a step can do: a row each. An operation is one system call, with the open and close around
 * it; the comment after a row is {@code arguments -> answer}.
 */
enum Operation {
  WRITE((at, s) -> at.open(s, Syscalls.O_WRONLY | Syscalls.O_TRUNC, write(s))), // path, text -> n
  APPEND((at, s) -> at.open(s, Syscalls.O_WRONLY | Syscalls.O_APPEND, write(s))), // the same
  PWRITE((at, s) -> at.open(s, Syscalls.O_WRONLY, pwrite(s))), // path, text, offset -> n
  WRITES((at, s) -> at.open(s, Syscalls.O_WRONLY, writes(s))), // path, [text] -> [n or errno]
  WRITEV((at, s) -> at.open(s, Syscalls.O_WRONLY, writev(s))), // path, [text] -> n
  BIG((at, s) -> at.open(s, Syscalls.O_WRONLY, padded(s))), // path, text, size with blanks -> n
  RDWR((at, s) -> at.open(s, Syscalls.O_RDWR, readWrite(s))), // path, text -> [before, n, after]
  READ((at, s) -> at.open(s, Syscalls.O_RDONLY, readAll(s))), // path -> text
  READS((at, s) -> at.open(s, Syscalls.O_RDONLY, readPieces(s))), // path, size -> [text]
  PREAD((at, s) -> at.open(s, Syscalls.O_RDONLY, pread(s))), // path, size, offset -> text
  SEEK_END((at, s) -> at.open(s, Syscalls.O_RDONLY, Calls::seekEnd)), // path -> position
  POLL((at, s) -> at.open(s, Syscalls.O_RDWR, Operation::polled)), // path -> [events] or []
  FSYNC((at, s) -> at.open(s, Syscalls.O_RDWR, done(Calls::fsync))), // path -> ok
  FALLOCATE((at, s) -> at.open(s, Syscalls.O_WRONLY, done(Calls::fallocate))), // path -> ok
  OPEN((at, s) -> at.open(s, flags(s), done((calls, fd) -> {}))), // path, [flag] -> ok
  MKDIR((at, s) -> done(() -> at.calls().mkdir(at.path(s, 0)))), // path -> ok
  RMDIR((at, s) -> done(() -> at.calls().rmdir(at.path(s, 0)))), // path -> ok
  RENAME((at, s) -> done(() -> at.calls().rename(at.path(s, 0), at.path(s, 1)))), // from, to -> ok
  RENAME_FLAGS(Operation::renameWithFlags), // from, to, flags -> ok
  CREATE(Operation::create), // path -> ok
  UNLINK((at, s) -> done(() -> at.calls().unlink(at.path(s, 0)))), // path -> ok
  SYMLINK((at, s) -> done(() -> at.calls().symlink(s.text(0), at.path(s, 1)))), // target, path
  LINK((at, s) -> done(() -> at.calls().link(at.path(s, 0), at.path(s, 1)))), // from, to -> ok
  MKNOD((at, s) -> done(() -> at.calls().mknod(at.path(s, 0)))), // path -> ok
  TRUNCATE((at, s) -> done(() -> at.calls().truncate(at.path(s, 0), s.number(1)))), // path, size
  CHMOD((at, s) -> done(() -> at.calls().chmod(at.path(s, 0), octal(s)))), // path, octal -> ok
  CHOWN((at, s) -> done(() -> at.calls().chown(at.path(s, 0), number(s, 1), number(s, 2)))),
  UTIME((at, s) -> done(() -> at.calls().setTimes(at.path(s, 0), 1000, 2000))), // path -> ok
  ACCESS(Operation::access), // path, subset of rwx, uid -> yes or no
  LS(Operation::list), // path -> [name]
  STAT((at, s) -> status(at.calls().stat(at.path(s, 0)))), // path -> [type, mode, size, uid, gid]
  NLINK((at, s) -> at.calls().stat(at.path(s, 0)).nlink()), // path -> links
  GETXATTR((at, s) -> text(at.calls().getxattr(at.path(s, 0), s.text(1)))), // path, name -> text
  SETXATTR((at, s) -> done(() -> at.calls().setxattr(at.path(s, 0), s.text(1), s.text(2)))),
  ATTACH(Operation::attach), // group, file -> [ok or errno, members, whether it is one]
  STALE(Operation::stale), // group, file: [rmdir, read, write] on a handle of it
  STALE_DIR(Operation::staleDirectory), // group, name: [rmdir, openat, mkdirat] on a handle of it
  EVENT((at, s) -> event(at, s, eventfd -> "ok")), // group, control file, arguments -> ok
  EVENT_RMDIR(Operation::eventOfRemoval); // the same, then rmdir -> whether it fired

  private static final int READ_BYTES = 65536;
  private static final int READ_WRITE_BYTES = 4096;
  private static final int MOST_PIECES = 200;

  /** A file of one vendor's kernel: no part of Linux. */
  private static final Set<String> NOT_UPSTREAM = Set.of("memory.shown_ram_in_bytes");

  private static final Map<String, Integer> FLAGS =
      Map.of(
          "O_RDONLY", Syscalls.O_RDONLY,
          "O_WRONLY", Syscalls.O_WRONLY,
          "O_RDWR", Syscalls.O_RDWR,
          "O_CREAT", Syscalls.O_CREAT,
          "O_EXCL", Syscalls.O_EXCL,
          "O_TRUNC", Syscalls.O_TRUNC,
          "O_APPEND", Syscalls.O_APPEND,
          "O_DIRECT", Syscalls.O_DIRECT);

  private static final Set<Operation> WRITING =
      EnumSet.of(WRITE, APPEND, PWRITE, WRITES, WRITEV, BIG, RDWR);

  /** They only look, whatever they answer. */
  private static final Set<Operation> LOOKING =
      EnumSet.of(ACCESS, POLL, FSYNC, SEEK_END, LS, STAT, NLINK, GETXATTR, READ, READS, PREAD);

  private final Body body;

  Operation(Body body) {
    this.body = body;
  }

  /** The operation with that word. */
  static Operation of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** As in JSON. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its second argument is what is written: a text, or a list of texts. */
  boolean writes() {
    return WRITING.contains(this);
  }

  /** Whether it changes nothing, whatever it answers. */
  boolean onlyLooks() {
    return LOOKING.contains(this);
  }

  /** Does it. */
  Answer run(CaseGroup at, Step step) {
    try {
      return Answer.of(body.run(at, step));
    } catch (Refused refused) {
      return Answer.of(refused.errno());
    }
  }

  // --- writing -------------------------------------------------------------------------------

  private static CaseGroup.Use write(Step step) {
    return (calls, fd) -> calls.write(fd, step.text(1));
  }

  private static CaseGroup.Use pwrite(Step step) {
    return (calls, fd) -> calls.pwrite(fd, step.text(1), step.number(2));
  }

  private static CaseGroup.Use writev(Step step) {
    return (calls, fd) -> calls.writev(fd, step.texts(1));
  }

  private static CaseGroup.Use padded(Step step) {
    String text = step.text(1);
    return (calls, fd) -> calls.write(fd, text + " ".repeat(number(step, 2) - text.length()));
  }

  private static CaseGroup.Use writes(Step step) {
    return (calls, fd) -> {
      List<Object> answers = new ArrayList<>();
      for (String text : step.texts(1)) {
        answers.add(orErrno(() -> calls.write(fd, text)));
      }
      return answers;
    };
  }

  private static CaseGroup.Use readWrite(Step step) {
    return (calls, fd) -> {
      String before = calls.read(fd, READ_WRITE_BYTES);
      int taken = calls.write(fd, step.text(1));
      calls.rewind(fd);
      String after = calls.read(fd, READ_WRITE_BYTES);
      return Volatile.has(step.fileName()) ? taken : List.of(text(before), taken, text(after));
    };
  }

  // --- reading -------------------------------------------------------------------------------

  private static CaseGroup.Use readAll(Step step) {
    return (calls, fd) -> {
      StringBuilder all = new StringBuilder();
      String part = calls.read(fd, READ_BYTES);
      while (!part.isEmpty()) {
        all.append(part);
        part = calls.read(fd, READ_BYTES);
      }
      String text = text(all.toString());
      return Volatile.has(step.fileName()) ? Volatile.shape(text) : text;
    };
  }

  private static CaseGroup.Use readPieces(Step step) {
    return (calls, fd) -> {
      List<String> pieces = new ArrayList<>();
      String piece = calls.read(fd, number(step, 1));
      while (!piece.isEmpty() && pieces.size() < MOST_PIECES) {
        pieces.add(text(piece));
        piece = calls.read(fd, number(step, 1));
      }
      return Volatile.has(step.fileName()) ? List.of("N") : pieces;
    };
  }

  private static CaseGroup.Use pread(Step step) {
    return (calls, fd) -> {
      String text = text(calls.pread(fd, number(step, 1), step.number(2)));
      return Volatile.has(step.fileName()) ? !text.isEmpty() : text;
    };
  }

  private static Object polled(Calls calls, int fd) {
    int events = calls.poll(fd);
    return events == 0 ? List.of() : List.of(events);
  }

  // --- names ---------------------------------------------------------------------------------

  private static Object renameWithFlags(CaseGroup at, Step step) throws Refused {
    return done(
        () -> at.calls().renameWithFlags(at.path(step, 0), at.path(step, 1), number(step, 2)));
  }

  private static Object create(CaseGroup at, Step step) throws Refused {
    int flags = Syscalls.O_CREAT | Syscalls.O_EXCL | Syscalls.O_WRONLY;
    return at.open(step, flags, done((calls, fd) -> {}));
  }

  private static Object access(CaseGroup at, Step step) {
    return at.calls().mayAccess(at.path(step, 0), step.text(1), number(step, 2)) ? "yes" : "no";
  }

  private static Object list(CaseGroup at, Step step) throws Refused {
    return at.calls().list(at.path(step, 0)).stream()
        .filter(name -> !NOT_UPSTREAM.contains(name))
        .map(Operation::text)
        .sorted()
        .toList();
  }

  private static Object status(Calls.Status status) {
    return List.of(
        status.directory() ? "dir" : "file",
        "%04o".formatted(status.mode()),
        status.sizeBytes(),
        status.uid(),
        status.gid());
  }

  // --- several calls that belong together ----------------------------------------------------

  /** A process of ours is written into the file; then how many the group lists. */
  private static Object attach(CaseGroup at, Step step) throws Refused {
    String pid = Integer.toString(at.startProcess());
    Object said =
        orErrno(
            () -> {
              at.open(at.path(step, 0) + "/" + step.text(1), Syscalls.O_WRONLY, writePid(pid));
              return "ok";
            });
    Object listed = at.open(at.path(step, 0) + "/cgroup.procs", Syscalls.O_RDONLY, readAll(step));
    List<String> members = ((String) listed).lines().toList();
    return List.of(said, members.size(), members.contains(pid));
  }

  private static CaseGroup.Use writePid(String pid) {
    return (calls, fd) -> calls.write(fd, pid);
  }

  private static Object stale(CaseGroup at, Step step) throws Refused {
    return at.open(
        at.path(step, 0) + "/" + step.text(1),
        Syscalls.O_RDWR,
        (calls, fd) ->
            List.of(
                orErrno(() -> done(() -> calls.rmdir(at.path(step, 0)))),
                orErrno(() -> text(calls.read(fd, 100))),
                orErrno(() -> calls.write(fd, "1"))));
  }

  private static Object staleDirectory(CaseGroup at, Step step) throws Refused {
    return at.open(
        step,
        Syscalls.O_RDONLY,
        (calls, fd) ->
            List.of(
                orErrno(() -> done(() -> calls.rmdir(at.path(step, 0)))),
                orErrno(() -> done(() -> calls.close(calls.openat(fd, step.text(1))))),
                orErrno(() -> done(() -> calls.mkdirat(fd, "x")))));
  }

  private static Object event(CaseGroup at, Step step, AfterRegistration then) throws Refused {
    int eventfd = at.calls().eventfd();
    try {
      return at.open(
          at.path(step, 0) + "/" + step.text(1),
          Syscalls.O_RDONLY,
          (calls, control) -> {
            String line = "%d %d %s".formatted(eventfd, control, step.text(2));
            at.open(
                at.path(step, 0) + "/cgroup.event_control",
                Syscalls.O_WRONLY,
                (same, fd) -> same.write(fd, line));
            return then.run(eventfd);
          });
    } finally {
      at.calls().close(eventfd);
    }
  }

  private static Object eventOfRemoval(CaseGroup at, Step step) throws Refused {
    return event(
        at,
        step,
        eventfd -> {
          at.calls().rmdir(at.path(step, 0));
          return at.calls().fires(eventfd);
        });
  }

  // --- helpers -------------------------------------------------------------------------------

  private static int number(Step step, int index) {
    return Math.toIntExact(step.number(index));
  }

  private static int octal(Step step) {
    return Integer.parseInt(step.text(1), 8);
  }

  private static int flags(Step step) {
    return step.texts(1).stream().mapToInt(FLAGS::get).reduce(0, (a, b) -> a | b);
  }

  /** From one char a byte to characters, as the recordings have them. */
  private static String text(String bytes) {
    return new String(bytes.getBytes(ISO_8859_1), UTF_8);
  }

  private static Object done(Action action) throws Refused {
    action.run();
    return "ok";
  }

  private static CaseGroup.Use done(FdAction action) {
    return (calls, fd) -> done(() -> action.run(calls, fd));
  }

  private static Object orErrno(Question question) {
    try {
      return question.ask();
    } catch (Refused refused) {
      return refused.errno();
    }
  }

  @Immutable
  private interface Body {
    Object run(CaseGroup at, Step step) throws Refused;
  }

  private interface Action {
    void run() throws Refused;
  }

  private interface FdAction {
    void run(Calls calls, int fd) throws Refused;
  }

  private interface Question {
    Object ask() throws Refused;
  }

  private interface AfterRegistration {
    Object run(int eventfd) throws Refused;
  }
}
