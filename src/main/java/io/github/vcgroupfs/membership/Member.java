package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process as it was last seen, and its group. The root is null here, so that a process that
 * nobody moved does not refer to a hierarchy.
 *
 * <p>Not thread-safe: guarded by the lock of {@link ProcMembership}.
 */
final class Member {
  private TaskStat stat;
  private long formerImage;
  private boolean alive = true;

  /** The group of every thread that is not in {@link #moved}. */
  private @Nullable Cgroup group;

  /** Threads that were moved by themselves; null for nearly every process. */
  private @Nullable Map<Integer, MovedThread> moved;

  /** Whether a live thread is in {@link #group}; only asked while threads are moved. */
  private boolean hasOthers = true;

  Member(TaskStat stat, @Nullable Cgroup group) {
    this.stat = stat;
    this.group = group;
    this.formerImage = stat.image();
  }

  /** A thread and where it is. */
  private record MovedThread(TaskStat identity, @Nullable Cgroup group) {}

  TaskStat stat() {
    return stat;
  }

  int pid() {
    return stat.pid();
  }

  @Nullable Cgroup group() {
    return group;
  }

  boolean isAlive() {
    return alive;
  }

  /** The program's mark at this sight; the last known one of a process that has none any more. */
  long image() {
    return stat.image() != 0 ? stat.image() : formerImage;
  }

  /** Whether it ran the program with that mark at this sight or the one before. */
  boolean ran(long image) {
    return image != 0 && (image == stat.image() || image == formerImage);
  }

  long formerImage() {
    return formerImage;
  }

  /** Takes in a new sight of the same process. */
  void seen(TaskStat now) {
    formerImage = image();
    stat = now;
  }

  /** Notes that it is gone, before the table is cleared of it. */
  void died() {
    alive = false;
  }

  /** Looks which of its threads live. */
  void refreshThreads(ProcFs proc) {
    if (moved != null) {
      refreshMoved(proc, moved);
    }
    alive = proc.isLive(stat);
  }

  /** Forgets dead threads, and the difference when all that live are in one group. */
  private void refreshMoved(ProcFs proc, Map<Integer, MovedThread> threads) {
    Map<Integer, MovedThread> living = new HashMap<>();
    boolean others = false;
    for (int tid : proc.threads(pid())) {
      MovedThread thread = threads.get(tid);
      TaskStat now = tid == pid() ? stat : thread == null ? null : proc.stat(tid);
      if (now != null && now.isDead()) {
        continue;
      }
      if (thread != null && thread.identity().isSame(now) && thread.group() != group) {
        living.put(tid, thread);
      } else {
        others = true;
      }
    }
    Iterator<MovedThread> each = living.values().iterator();
    if (!others && each.hasNext()) {
      Cgroup first = each.next().group();
      boolean agree = living.values().stream().allMatch(thread -> thread.group() == first);
      if (agree) {
        moveAll(first);
        return;
      }
    }
    hasOthers = others;
    moved = living.isEmpty() ? null : living;
  }

  /** Moves every thread. */
  void moveAll(@Nullable Cgroup to) {
    group = to;
    moved = null;
    hasOthers = true;
  }

  /** Moves one of several threads. */
  void move(TaskStat thread, @Nullable Cgroup to, ProcFs proc) {
    Map<Integer, MovedThread> threads = moved == null ? new HashMap<>() : moved;
    threads.put(thread.pid(), new MovedThread(thread, to));
    moved = threads;
    refreshMoved(proc, threads);
  }

  /** Whether one of its threads, or itself, is in that group. */
  boolean isIn(@Nullable Cgroup asked) {
    if (!alive) {
      return false;
    }
    if (asked == group) {
      return moved == null || hasOthers;
    }
    return moved != null && moved.values().stream().anyMatch(thread -> thread.group() == asked);
  }

  /** The group of one of its threads. */
  @Nullable Cgroup groupOf(int tid) {
    MovedThread thread = moved == null ? null : moved.get(tid);
    return thread == null ? group : thread.group();
  }

  /** The group of whichever thread forked that child: the kernel keeps children by thread. */
  @Nullable Cgroup groupOfForker(int child, ProcFs proc) {
    if (moved != null) {
      for (Map.Entry<Integer, MovedThread> each : moved.entrySet()) {
        for (int pid : proc.children(pid(), each.getKey())) {
          if (pid == child) {
            return each.getValue().group();
          }
        }
      }
    }
    return group;
  }

  /** Lets go of groups that were removed: nobody alive is in them. */
  void leaveRemovedGroups() {
    group = nearestAlive(group);
    if (moved != null) {
      moved.replaceAll(
          (tid, thread) -> new MovedThread(thread.identity(), nearestAlive(thread.group())));
    }
  }

  private static @Nullable Cgroup nearestAlive(@Nullable Cgroup from) {
    Cgroup at = from;
    while (at != null && !at.isAlive()) {
      at = at.parent();
    }
    return at == null || at.isRoot() ? null : at;
  }

  /** Adds the groups that this process keeps populated; the root is left out. */
  void addGroupsTo(Set<Cgroup> occupied) {
    if (!alive) {
      return;
    }
    if (group != null && (moved == null || hasOthers)) {
      occupied.add(group);
    }
    if (moved != null) {
      for (MovedThread thread : moved.values()) {
        if (thread.group() != null) {
          occupied.add(thread.group());
        }
      }
    }
  }
}
