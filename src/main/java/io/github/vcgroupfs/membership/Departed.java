package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Cgroup;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Processes that have exited but still help to find out which group a child of theirs is in. These
 * are the last few, because of the program that they ran, and those whose id still names a session
 * or process group. Such an id cannot have been given to another process.
 *
 * <p>Bounded by the live processes and a constant. Not thread-safe: guarded by the lock of {@link
 * ProcMembership}.
 */
final class Departed {
  private static final int MAX_RECENT = 256;

  private final ArrayDeque<Member> recent = new ArrayDeque<>();
  private final Map<Integer, Member> leaders = new HashMap<>();

  void add(Member member) {
    if (recent.size() == MAX_RECENT) {
      recent.removeFirst();
    }
    recent.addLast(member);
    leaders.put(member.pid(), member);
  }

  /**
   * Forgets who can tell nothing any more.
   *
   * @param idsInUse the sessions and process groups of all processes
   * @param occupied the groups that have processes: nobody can be born into another
   */
  void retain(Set<Integer> idsInUse, Set<Cgroup> occupied) {
    leaders.keySet().retainAll(idsInUse);
    leaders.values().removeIf(member -> isInEmptyGroup(member, occupied));
    recent.removeIf(member -> isInEmptyGroup(member, occupied));
  }

  private static boolean isInEmptyGroup(Member member, Set<Cgroup> occupied) {
    Cgroup group = member.group();
    return group != null && !occupied.contains(group);
  }

  /** The last processes that went. */
  Collection<Member> recent() {
    return recent;
  }

  /** The process that founded a session or process group of today. */
  @Nullable Member leader(int id) {
    return leaders.get(id);
  }

  /** How many are kept. */
  int size() {
    return recent.size() + leaders.size();
  }
}
