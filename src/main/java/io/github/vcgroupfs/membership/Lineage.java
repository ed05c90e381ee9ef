package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.TaskStat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a new process, one that was not there at the last look, has its group from.
 * {@code cgroup_fork} gives a child the group of the thread that forks it.
 *
 * <p>Made anew for each look, after exited processes were removed and before new ones are added.
 * Not thread-safe: guarded by the lock of {@link ProcMembership}.
 */
final class Lineage {
  /*
   * /proc names a parent, but the parent it names is the wrong one when the true parent died first
   * (the child was adopted by init or a subreaper) and when it was born with CLONE_PARENT (the true
   * parent is a sibling: runc makes its init so). What else is inherited tells more, best first:
   *
   * 1. The image. exec draws the place of the stack at random; fork keeps it. A child that shares
   *    it with the named parent was forked by it, or might as well have been. One that shares it with
   *    somebody else and not with the named parent was forked by that one, or by a relative of its
   *    that we never saw; it counts if all who have this image are in the same group. Without
   *    randomisation the places of all programs lie close together, and prove nothing.
   * 2. The process group and the session. A child that is in another session than the named parent
   *    was adopted by it, unless the parent itself was born in that session and left it. It descends
   *    from the session's leader, and most likely from the leader of its process group.
   *
   * Where both are silent the named parent it is.
   */

  /** Two stacks nearer than 2 to this power were not placed at random. */
  private static final int RANDOM_ABOVE_BIT = 24;

  /** How far up we look for an ancestor. */
  private static final int MAX_GENERATIONS = 64;

  private final ProcFs proc;
  private final Map<Integer, Member> members;
  private final Departed departed;
  private final Map<Long, Member> owners = new HashMap<>();
  private final Set<Long> contested = new HashSet<>();

  Lineage(ProcFs proc, Map<Integer, Member> members, Departed departed) {
    this.proc = proc;
    this.members = members;
    this.departed = departed;
    departed.recent().forEach(member -> own(member.image(), member));
    for (Member member : members.values()) {
      own(member.image(), member);
      own(member.formerImage(), member);
    }
  }

  private void own(long image, Member member) {
    if (image == 0) {
      return;
    }
    Member first = owners.putIfAbsent(image, member);
    if (first != null && first.group() != member.group()) {
      contested.add(image);
    }
  }

  /**
   * The group a newborn process is in; null is the root.
   *
   * @param parent the process /proc names, if it is known
   */
  @Nullable Cgroup groupOf(TaskStat child, @Nullable Member parent) {
    if (parent != null && parent.ran(child.image())) {
      return parent.groupOfForker(child.pid(), proc);
    }
    Member forker = byImage(child, parent);
    if (forker != null) {
      return forker.group();
    }
    Member leader = byLeader(child, parent);
    if (leader != null) {
      return leader.group();
    }
    return parent == null ? null : parent.groupOfForker(child.pid(), proc);
  }

  private @Nullable Member byImage(TaskStat child, @Nullable Member parent) {
    long image = child.image();
    Member owner = contested.contains(image) ? null : owners.get(image);
    if (owner == null || parent == null) {
      return owner;
    }
    // Of init we know that it forks nothing without exec, even where we may not see its image.
    boolean comparable = parent.image() != 0 || parent.pid() == 1;
    boolean random = (parent.image() ^ image) >>> RANDOM_ABOVE_BIT != 0;
    return comparable && random ? owner : null;
  }

  private @Nullable Member byLeader(TaskStat child, @Nullable Member parent) {
    if (child.session() == child.pid() || child.session() == 0) {
      return null;
    }
    if (parent != null && parent.stat().session() == child.session()) {
      return null;
    }
    Member sessionLeader = leader(child.session(), child);
    if (parent != null && sessionLeader != null && descends(parent, sessionLeader)) {
      return null; // the parent left the session after it forked
    }
    Member groupLeader = child.pgrp() == child.pid() ? null : leader(child.pgrp(), child);
    return groupLeader != null ? groupLeader : sessionLeader;
  }

  private @Nullable Member leader(int id, TaskStat child) {
    Member leader = members.get(id);
    if (leader == null || leader.stat().session() != child.session()) {
      leader = departed.leader(id);
    }
    return leader != null && leader.stat().session() == child.session() ? leader : null;
  }

  private boolean descends(Member from, Member ancestor) {
    Member at = from;
    for (int i = 0; at != null && i < MAX_GENERATIONS; i++) {
      if (at == ancestor) {
        return true;
      }
      at = members.get(at.stat().ppid());
    }
    return false;
  }
}
