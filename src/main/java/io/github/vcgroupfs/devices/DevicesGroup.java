package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the devices controller keeps of a group: {@code struct dev_cgroup}. Any thread may read;
 * changes are made under the hierarchy's lock.
 */
final class DevicesGroup implements ControllerState {
  private volatile Access access;

  DevicesGroup(Access access) {
    this.access = access;
  }

  /** The part of a group that this controller keeps. */
  static DevicesGroup of(Cgroup group) {
    return group.state(DevicesGroup.class);
  }

  Access access() {
    return access;
  }

  void set(Access changed) {
    access = changed;
  }

  /** What holds for a device that no entry of the list is about: {@code enum devcg_behavior}. */
  enum Behavior {
    /** It may be used: entries say what may not be. */
    DEFAULT_ALLOW,
    /** It may not be used: entries say what may be. */
    DEFAULT_DENY
  }

  /**
   * The rule and the list. Immutable.
   *
   * @param behavior the rule
   * @param exceptions the entries, in the order in which they came
   */
  record Access(Behavior behavior, List<ExceptionItem> exceptions) {
    /** Copies the list. */
    Access {
      exceptions = List.copyOf(exceptions);
    }

    /** A rule without exceptions. */
    static Access of(Behavior behavior) {
      return new Access(behavior, List.of());
    }

    boolean allowsByDefault() {
      return behavior == Behavior.DEFAULT_ALLOW;
    }

    /** Adds an entry, or its access to the entry about the same: {@code dev_exception_add}. */
    Access plus(ExceptionItem added) {
      List<ExceptionItem> changed = new ArrayList<>();
      boolean found = false;
      for (ExceptionItem each : exceptions) {
        boolean same = each.isAbout(added);
        found |= same;
        changed.add(same ? each.withAccess(each.access() | added.access()) : each);
      }
      if (!found) {
        changed.add(added);
      }
      return new Access(behavior, changed);
    }

    /**
     * Takes access away from some entries; one without any goes.
     *
     * @param meant which entries
     * @param bits which access
     */
    Access minus(Predicate<ExceptionItem> meant, int bits) {
      List<ExceptionItem> changed = new ArrayList<>();
      for (ExceptionItem each : exceptions) {
        int left = each.access() & ~bits;
        if (!meant.test(each)) {
          changed.add(each);
        } else if (left != 0) {
          changed.add(each.withAccess(left));
        }
      }
      return new Access(behavior, changed);
    }

    /** Takes access from the entry about the same: {@code dev_exception_rm}. */
    Access minus(ExceptionItem removed) {
      return minus(each -> each.isAbout(removed), removed.access());
    }

    Access keeping(Predicate<ExceptionItem> wanted) {
      return new Access(behavior, exceptions.stream().filter(wanted).toList());
    }

    /** What {@code devices.list} shows: {@code devcgroup_seq_show}. */
    String show() {
      if (allowsByDefault()) { // its exceptions are a secret
        return ExceptionItem.ALL + "\n";
      }
      StringBuilder lines = new StringBuilder();
      exceptions.forEach(each -> lines.append(each).append('\n'));
      return lines.toString();
    }
  }
}
