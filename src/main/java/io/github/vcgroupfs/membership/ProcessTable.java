package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership.Scope;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import io.github.vcgroupfs.os.TaskStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All processes as they were last seen, each with its group. Before every move the table is brought
 * up to date ({@link #refresh}). That makes the rest simple: every process that was there then has
 * an entry. So a process without an entry was born after the last move, and is in the group that
 * its parent is in now.
 *
 * <p>It is no larger than the number of live processes: the next refresh drops entries of exited
 * ones. Not thread-safe: guarded by the lock of {@link ProcMembership}, or by that of {@link
 * ForkEvents}, which uses it after a loss of events.
 */
final class ProcessTable {
  /** Listings of one sight until one brings nobody new. */
  private static final int MAX_LISTINGS = 4;

  private static final Comparator<TaskStat> BY_BIRTH =
      (a, b) ->
          a.startTime() == b.startTime()
              ? Integer.compare(a.pid(), b.pid())
              : Long.compare(a.startTime(), b.startTime());

  private final ProcFs proc;
  private final Map<Integer, Member> members = new HashMap<>();
  private final Departed departed = new Departed();

  /**
   * The groups below the root that had a live process at the last sight or got one since. Nobody
   * else can be in any other: a process is born where another lives.
   */
  private final Set<Cgroup> occupied = new HashSet<>();

  ProcessTable(ProcFs proc) {
    this.proc = proc;
  }

  /** Reads all of /proc once; takes milliseconds. */
  void refresh() {
    Map<Integer, TaskStat> seen = look(proc);
    if (seen.isEmpty()) {
      return; // /proc is unreadable for now: at the least we ourselves are there
    }
    bury(seen);
    List<TaskStat> newborn = new ArrayList<>();
    for (TaskStat stat : seen.values()) {
      Member member = members.get(stat.pid());
      if (member == null) {
        newborn.add(stat);
      } else {
        member.seen(stat);
      }
    }
    enter(newborn);
    settle();
  }

  /**
   * Reads every process. A child born behind the reader's back is caught by listing again: its
   * parent may have died before it was read, and then nobody else would keep the group populated.
   */
  static Map<Integer, TaskStat> look(ProcFs proc) {
    Map<Integer, TaskStat> seen = new HashMap<>();
    Set<Integer> tried = new HashSet<>();
    for (int listing = 0; listing < MAX_LISTINGS; listing++) {
      boolean news = false;
      for (int pid : proc.processes()) {
        if (tried.add(pid)) {
          news = true;
          TaskStat stat = proc.stat(pid);
          if (stat != null) {
            seen.put(pid, stat);
          }
        }
      }
      if (!news) {
        break;
      }
    }
    return seen;
  }

  private void bury(Map<Integer, TaskStat> seen) {
    for (Iterator<Member> each = members.values().iterator(); each.hasNext(); ) {
      Member member = each.next();
      TaskStat now = seen.get(member.pid());
      boolean unreadable = now == null && proc.exists(member.pid());
      if (!unreadable && !member.stat().isSame(now)) {
        each.remove();
        departed.add(member);
      }
    }
  }

  /** Adds a process whose group is known to somebody else; null is the root. */
  void know(TaskStat stat, @Nullable Cgroup group) {
    members.put(stat.pid(), new Member(stat, group));
    if (group != null) {
      occupied.add(group);
    }
  }

  /** The group of a process, as far as it is known; null is the root. */
  @Nullable Cgroup groupOf(int pid) {
    Member member = members.get(pid);
    return member == null ? null : member.group();
  }

  /** Adds processes that were born meanwhile: {@link Lineage} finds where. Sorts the list. */
  void enter(List<TaskStat> newborn) {
    if (occupied.isEmpty()) {
      newborn.forEach(stat -> members.put(stat.pid(), new Member(stat, null)));
      return;
    }
    if (newborn.isEmpty()) {
      return;
    }
    Lineage lineage = new Lineage(proc, members, departed);
    newborn.sort(BY_BIRTH);
    Map<Integer, TaskStat> waiting = new HashMap<>();
    newborn.forEach(stat -> waiting.put(stat.pid(), stat));
    for (TaskStat stat : newborn) {
      if (waiting.containsKey(stat.pid())) {
        enter(stat, waiting, lineage);
      }
    }
  }

  private Member enter(TaskStat child, Map<Integer, TaskStat> waiting, Lineage lineage) {
    waiting.remove(child.pid()); // first: two ids that were reused might name each other as parents
    Member parent = members.get(child.ppid());
    TaskStat unborn = waiting.get(child.ppid());
    if (unborn != null) {
      parent = enter(unborn, waiting, lineage); // born in the same tick, or its id was reused
    }
    if (parent != null && parent.stat().startTime() > child.startTime()) {
      parent = null; // the parent's id was reused while we read
    }
    Member member = new Member(child, lineage.groupOf(child, parent));
    members.put(child.pid(), member);
    return member;
  }

  private void settle() {
    occupied.clear();
    Set<Integer> idsInUse = new HashSet<>();
    for (Member member : members.values()) {
      member.leaveRemovedGroups();
      member.refreshThreads(proc);
      member.addGroupsTo(occupied);
      idsInUse.add(member.stat().pgrp());
      idsInUse.add(member.stat().session());
    }
    departed.retain(idsInUse, occupied);
  }

  /**
   * Moves a process or one thread of it. Preconditions: {@link #refresh} was called just now.
   *
   * @param to null is the root
   * @return whether it was still there
   */
  boolean move(TaskStatus task, Scope scope, @Nullable Cgroup to) {
    Member member = members.get(task.tgid());
    if (member == null || !member.isAlive()) {
      return false;
    }
    TaskStat thread = proc.stat(task.tid());
    if (scope == Scope.THREAD && (thread == null || thread.isDead())) {
      return false;
    }
    if (scope == Scope.PROCESS || thread == null || member.stat().numThreads() <= 1) {
      member.moveAll(to);
    } else {
      member.move(thread, to, proc);
    }
    if (to != null) {
      occupied.add(to);
    }
    return true;
  }

  /** The groups below the root that may have processes, without looking. A copy. */
  Set<Cgroup> occupied() {
    return Set.copyOf(occupied);
  }

  /** Whether a group may have processes, without looking. */
  boolean mayBeOccupied(Cgroup group) {
    return occupied.contains(group);
  }

  /** Whether there is no group but the root that may have processes. */
  boolean isIdle() {
    return occupied.isEmpty();
  }

  /**
   * One of the known processes of a group that lives now, or null. One read if the first one does.
   *
   * @param group null is the root
   */
  @Nullable TaskStat liveMember(@Nullable Cgroup group) {
    for (Member member : members.values()) {
      if (member.isIn(group) && lives(member) && member.isIn(group)) {
        return member.stat();
      }
    }
    return null;
  }

  private boolean lives(Member member) {
    TaskStat now = proc.stat(member.pid());
    if (now != null && member.stat().isSame(now)) {
      member.seen(now);
      member.refreshThreads(proc);
    } else if (now != null || !proc.exists(member.pid())) {
      member.died();
    }
    return member.isAlive();
  }

  /** The processes with a thread in a group as last seen, or their threads that are; null: root. */
  int[] list(@Nullable Cgroup group, Scope scope) {
    int[] found = new int[16];
    int count = 0;
    for (Member member : members.values()) {
      if (!member.isIn(group)) {
        continue;
      }
      int[] ids = scope == Scope.PROCESS ? new int[] {member.pid()} : threadsIn(member, group);
      if (count + ids.length > found.length) {
        found = Arrays.copyOf(found, Math.max(count + ids.length, 2 * found.length));
      }
      System.arraycopy(ids, 0, found, count, ids.length);
      count += ids.length;
    }
    int[] sorted = Arrays.copyOf(found, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** How many processes have a thread in each group below the root, as last seen. */
  Map<Cgroup, Integer> count() {
    Map<Cgroup, Integer> counts = new HashMap<>();
    if (!occupied.isEmpty()) {
      for (Member member : members.values()) {
        Set<Cgroup> groups = new HashSet<>();
        member.addGroupsTo(groups);
        groups.stream().filter(member::isIn).forEach(group -> counts.merge(group, 1, Integer::sum));
      }
    }
    return counts;
  }

  private int[] threadsIn(Member member, @Nullable Cgroup group) {
    TaskStat stat = member.stat();
    if (stat.numThreads() <= 1) {
      return new int[] {stat.pid()};
    }
    return Arrays.stream(proc.threads(stat.pid()))
        .filter(tid -> tid != stat.pid() || !stat.isDead())
        .filter(tid -> member.groupOf(tid) == group)
        .toArray();
  }

  /** How many processes, living and gone, are kept. */
  int size() {
    return members.size() + departed.size();
  }
}
