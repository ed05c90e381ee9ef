package io.github.vcgroupfs.referee;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a case runs: a new group, removed on {@link #close} with all that is in it, or the root of
 * the hierarchy, of which nothing is removed. Processes that were started for it end first. Not
 * thread-safe.
 */
final class CaseGroup implements AutoCloseable {
  private static final int ATTEMPTS = 40;
  private static final int PAUSE_MS = 20;

  private final Calls calls;
  private final String top;
  private final boolean remove;
  private final List<Integer> processes = new ArrayList<>();

  private CaseGroup(Calls calls, String top, boolean remove) {
    this.calls = calls;
    this.top = top;
    this.remove = remove;
  }

  /** Makes the group. */
  static CaseGroup made(Calls calls, String path) throws Refused {
    calls.mkdir(path);
    return new CaseGroup(calls, path, true);
  }

  /** A group that is there, only to be looked at. */
  static CaseGroup present(Calls calls, String path) {
    return new CaseGroup(calls, path, false);
  }

  /** How to ask. */
  Calls calls() {
    return calls;
  }

  /** The whole path that an argument names, as the recordings' program makes it. */
  String path(Step step, int index) {
    String name = step.text(index);
    if (name.startsWith("./")) {
      return top + "/" + name.substring(2); // as it is written
    }
    List<String> names = new ArrayList<>(List.of(top.split("/", -1)));
    for (String each : name.split("/", -1)) {
      if (each.equals("..")) {
        names.remove(names.size() - 1);
      } else if (!each.isEmpty() && !each.equals(".")) {
        names.add(each);
      }
    }
    return names.size() > 1 ? String.join("/", names) : "/";
  }

  /** Opens the file that a step names, uses it, closes it. */
  Object open(Step step, int flags, Use use) throws Refused {
    return open(path(step, 0), flags, use);
  }

  /** Opens a file, uses it, closes it. */
  Object open(String path, int flags, Use use) throws Refused {
    int fd = calls.open(path, flags);
    try {
      return use.of(calls, fd);
    } finally {
      calls.close(fd);
    }
  }

  /** A process of ours that lives as long as the case. */
  int startProcess() {
    int pid = calls.startProcess();
    processes.add(pid);
    return pid;
  }

  /** The kernel takes a moment to forget the last member: hence more than one attempt. */
  @Override
  public void close() {
    processes.forEach(calls::endProcess);
    if (!remove) {
      return;
    }
    for (int i = 0; i < ATTEMPTS; i++) {
      if (removeAll(top)) {
        return;
      }
      pause();
    }
    throw new IllegalStateException(top + " cannot be removed");
  }

  /** Removes the group, the deepest first; false if one of them could not be removed. */
  private boolean removeAll(String path) {
    try {
      for (String name : calls.list(path)) {
        String child = path + "/" + name;
        if (calls.stat(child).directory() && !removeAll(child)) {
          return false;
        }
      }
      calls.rmdir(path);
      return true;
    } catch (Refused busy) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What is done with an open file. */
  interface Use {
    Object of(Calls calls, int fd) throws Refused;
  }
}
