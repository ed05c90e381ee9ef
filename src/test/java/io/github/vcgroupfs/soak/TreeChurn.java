package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.kernel.Errno;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Trees of groups that are made and removed, in both hierarchies. */
final class TreeChurn implements Churn {
  private static final int CHILDREN = 3;

  private final Calls calls;
  private final List<Path> roots;

  TreeChurn(Path memory, Path pids, Tally tally) {
    this.calls = new Calls(name(), tally);
    this.roots = List.of(memory, pids);
  }

  @Override
  public String name() {
    return "tree";
  }

  @Override
  public int pauseMs() {
    return 400;
  }

  @Override
  public void step(SplittableRandom random) {
    Path root = roots.get(random.nextInt(roots.size())).resolve("tree");
    List<Path> made = new ArrayList<>();
    make(root, made);
    for (int i = 0; i < CHILDREN; i++) {
      Path child = root.resolve("c" + i);
      make(child, made);
      for (int j = random.nextInt(CHILDREN + 1); j > 0; j--) {
        make(child.resolve("g" + j), made);
      }
    }
    Path any = made.get(random.nextInt(made.size()));
    calls.write(any.resolve("notify_on_release"), "1");
    String kept = calls.read(any.resolve("notify_on_release"));
    if (!kept.equals("1\n")) {
      calls.wrong(any + "/notify_on_release: wrote 1, read \"" + kept + "\"");
    }
    refused(calls.rmdir(root, Errno.EBUSY), "rmdir of a group with children: " + root);
    refused(calls.mkdir(any, Errno.EEXIST), "mkdir of a group that is there: " + any);
    Collections.reverse(made);
    made.forEach(calls::rmdir);
    refused(calls.rmdir(root, Errno.ENOENT), "rmdir of a group that is gone: " + root);
  }

  private void make(Path group, List<Path> made) {
    calls.mkdir(group);
    made.add(group);
  }

  private void refused(int answer, String what) {
    if (answer == 0) {
      calls.wrong(what + " was not refused");
    }
  }

  @Override
  public void rest() {} // each step ends where it began
}
