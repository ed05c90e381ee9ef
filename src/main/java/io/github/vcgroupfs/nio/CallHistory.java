package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.injvm.LoggedCall;
import io.github.vcgroupfs.injvm.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the code under test has called, and how a message ends that says it is wrong. */
final class CallHistory implements CallReport {
  /** Lines at the end of a message. */
  private static final int LAST_LINES = 10;

  private final World world;

  CallHistory(World world) {
    this.world = world;
  }

  /** Calls of the code under test, the oldest first. */
  List<FileCall> calls(Predicate<LoggedCall> wanted) {
    return world.calls().calls().stream()
        .filter(each -> !World.isTest(each.caller()))
        .filter(wanted)
        .map(CallHistory::shown)
        .toList();
  }

  static Predicate<LoggedCall> in(int hierarchy, String group) {
    return call -> call.hierarchy() == hierarchy && ByteText.text(groupOf(call)).equals(group);
  }

  static boolean isWrite(LoggedCall call) {
    return call.call() == FsCall.WRITE;
  }

  static boolean isRead(LoggedCall call) {
    return call.call() == FsCall.READ;
  }

  private static FileCall shown(LoggedCall call) {
    return new FileCall(
        call.number(),
        Duration.ofNanos(call.atNs()),
        operation(call.call()),
        ByteText.text(groupOf(call)),
        ByteText.text(fileOf(call)),
        call.argument() == null ? "" : ByteText.text(call.argument()),
        Optional.ofNullable(call.errno()).map(Enum::name),
        call.why());
  }

  static FileCall.Operation operation(FsCall call) {
    return switch (call) {
      case OPEN -> FileCall.Operation.OPEN;
      case READ -> FileCall.Operation.READ;
      case WRITE -> FileCall.Operation.WRITE;
      case MKDIR -> FileCall.Operation.MKDIR;
      case RMDIR -> FileCall.Operation.RMDIR;
      case RENAME -> FileCall.Operation.RENAME;
      case OPENDIR -> FileCall.Operation.OPENDIR;
      case TRUNCATE,
          FSYNC,
          CREATE,
          MKNOD,
          UNLINK,
          SYMLINK,
          LINK,
          CHMOD,
          CHOWN,
          UTIMENS,
          SETXATTR,
          GETXATTR,
          LISTXATTR,
          REMOVEXATTR,
          RELEASE_AGENT,
          RESOLVE ->
          FileCall.Operation.OTHER;
    };
  }

  private static boolean isOfFile(FsCall call) {
    return call == FsCall.OPEN || call == FsCall.READ || call == FsCall.WRITE;
  }

  private static String groupOf(LoggedCall call) {
    if (!isOfFile(call.call())) {
      return call.path();
    }
    return call.path().substring(0, Math.max(1, call.path().lastIndexOf('/')));
  }

  private static String fileOf(LoggedCall call) {
    return isOfFile(call.call()) ? call.path().substring(call.path().lastIndexOf('/') + 1) : "";
  }

  /** Changes and refusals, a line each, whoever made the calls. */
  List<String> journal() {
    return lines(call -> !isRead(call) || call.errno() != null);
  }

  /** Refusals, a line each, whoever made the calls. */
  List<String> why() {
    return lines(call -> call.errno() != null);
  }

  List<String> lines(Predicate<LoggedCall> wanted) {
    return world.calls().calls().stream()
        .filter(wanted)
        .map(call -> (World.isTest(call.caller()) ? "test: " : "") + shown(call))
        .toList();
  }

  /** The last lines of both, for the end of a message. */
  String report() {
    List<String> lines = new ArrayList<>();
    add(lines, "The last refusals (sim.why):", why());
    add(lines, "The last changes and refusals (sim.journal):", journal());
    return String.join(System.lineSeparator(), lines);
  }

  private static void add(List<String> lines, String title, List<String> all) {
    lines.add(title);
    if (all.isEmpty()) {
      lines.add("  none");
    }
    for (String each : all.subList(Math.max(0, all.size() - LAST_LINES), all.size())) {
      lines.add("  " + each);
    }
  }

  @Override
  public AssertionError wrong(String what) {
    return new AssertionError(what + System.lineSeparator() + report());
  }
}
