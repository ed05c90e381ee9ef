package io.github.vcgroupfs.referee;

import io.github.vcgroupfs.testing.Syscalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of the two hierarchies that are compared: runs cases, each in a new group below a group of
 * its own. Not thread-safe.
 */
final class Side implements AutoCloseable {
  private static final int LONGEST_LIST = 4096;

  private final Calls calls;
  private final String root;
  private final String scratch;
  private int groups;

  /**
   * A side. It makes its own group when the first case wants one: before, the root is as it was.
   *
   * @param root the root directory of the hierarchy; empty for one in memory
   */
  Side(Calls calls, String root) {
    this.calls = calls;
    this.root = root;
    this.scratch = root + "/vcgroupfs-referee-" + ProcessHandle.current().pid();
  }

  /** The names of the files of a new group, sorted. */
  List<String> files() {
    Case look = Case.of("files", List.of(Step.of(Operation.LS, ".")));
    return run(look).get(0).orElseThrow().texts();
  }

  /**
   * Runs every step; what it yields, a step each; empty where this side cannot be asked.
   *
   * @throws IllegalStateException if no group can be made
   * @throws IllegalArgumentException for a step that could move a running process
   */
  List<Optional<Answer>> run(Case each) {
    each.steps().forEach(Step::requireHarmless);
    try (CaseGroup group = groupOf(each)) {
      List<Optional<Answer>> answers = new ArrayList<>();
      for (Step step : each.steps()) {
        answers.add(answer(group, step));
      }
      return answers;
    } catch (Refused refused) {
      throw new IllegalStateException(
          "no group can be made in %s: %s".formatted(scratch, refused.errno()), refused);
    }
  }

  private CaseGroup groupOf(Case each) throws Refused {
    if (each.atRoot()) {
      return CaseGroup.present(calls, root);
    }
    if (groups == 0) {
      makeScratch();
    }
    groups++;
    return CaseGroup.made(calls, scratch + "/case-" + groups);
  }

  /** A group of the cpuset controller can have nothing as long as its parent has nothing. */
  private void makeScratch() throws Refused {
    calls.mkdir(scratch);
    for (String name : List.of("cpuset.cpus", "cpuset.mems")) {
      if (calls.list(scratch).contains(name)) {
        int above = calls.open(root + "/" + name, Syscalls.O_RDONLY);
        String all = calls.read(above, LONGEST_LIST);
        calls.close(above);
        int own = calls.open(scratch + "/" + name, Syscalls.O_WRONLY);
        calls.write(own, all);
        calls.close(own);
      }
    }
  }

  private static Optional<Answer> answer(CaseGroup group, Step step) {
    try {
      return Optional.of(step.operation().run(group, step));
    } catch (Unseen unseen) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    if (groups == 0) {
      return;
    }
    try {
      calls.rmdir(scratch);
    } catch (Refused refused) {
      throw new IllegalStateException(
          "%s cannot be removed: %s".formatted(scratch, refused.errno()), refused);
    }
  }
}
