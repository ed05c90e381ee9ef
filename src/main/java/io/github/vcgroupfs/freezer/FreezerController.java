package io.github.vcgroupfs.freezer;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ChildGroups;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.ControllerState;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The freezer controller of one hierarchy: {@code freezer_cgrp_subsys}. Thread-safe. */
public final class FreezerController implements Controller {
  /** The kernel's name for this controller. */
  public static final String NAME = "freezer";

  private final boolean hierarchical;
  private final Stopper stopper;
  private final ChildGroups children;

  /** The groups that are FREEZING or FROZEN; written under the hierarchy's lock. */
  private final Set<Cgroup> freezing = ConcurrentHashMap.newKeySet();

  /**
   * A controller with the rules of this kernel.
   *
   * @param stopper stops the members
   * @param nanoTime the clock, as {@link System#nanoTime()}
   */
  public FreezerController(KernelProfile profile, Stopper stopper, LongSupplier nanoTime) {
    this.children = new ChildGroups(profile, nanoTime);
    this.hierarchical = profile.has(KernelFeature.FREEZER_HIERARCHY);
    this.stopper = stopper;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ControllerState createRoot(Cgroup root) {
    return new FreezerGroup();
  }

  /** A child of a group that freezes has no members yet, so it is frozen: freezer_css_online. */
  @Override
  public ControllerState create(Cgroup group, Cgroup parent) {
    FreezerGroup made = new FreezerGroup();
    if (hierarchical && FreezerGroup.of(parent).freezing()) {
      made.setParentFreezing(true);
      made.setFrozen(true);
      freezing.add(group);
    }
    return made;
  }

  /** {@code freezer_css_offline}. Whether it was frozen counts while its parent still sees it. */
  @Override
  public void offline(Cgroup group) {
    FreezerGroup gone = FreezerGroup.of(group);
    gone.setFreezer(null);
    gone.setParentFreezing(false);
    freezing.remove(group);
    children.offline(group);
  }

  /**
   * Before 3.8 nobody can be moved into a group that is not THAWED, nor out of one: {@code
   * freezer_can_attach}. Who is in the group already is not asked about.
   */
  @Override
  public void canAttach(Cgroup group, int id, Membership.Scope scope) throws ErrnoException {
    if (hierarchical || freezing.isEmpty() || group.hasThread(id)) {
      return;
    }
    for (Cgroup each : freezing) {
      boolean comes = each.equals(group);
      if (comes || each.hasThread(id)) {
        throw new ErrnoException(
            Errno.EBUSY,
            "%s is %s, so %d cannot be moved %s it: write THAWED to its freezer.state first"
                .formatted(
                    each.path(), FreezerGroup.of(each).state(), id, comes ? "into" : "out of"));
      }
    }
  }

  /** {@code freezer_attach}: whoever comes has not stopped yet. */
  @Override
  public void attached(Cgroup group) {
    if (freezing.isEmpty()) {
      return;
    }
    group
        .lock()
        .runQuietly(
            () -> {
              if (FreezerGroup.of(group).freezing()) {
                for (Cgroup at = group; at != null; at = at.parent()) {
                  FreezerGroup.of(at).setFrozen(false);
                }
              }
            });
    tellStopper();
  }

  /**
   * Freezes or thaws a group and all below it: {@code freezer_change_state}.
   *
   * @param by who wants it frozen; null: thaw it
   * @throws ErrnoException ENODEV if the group was removed
   */
  void change(Cgroup group, @Nullable Caller by) throws ErrnoException {
    group
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(group);
              FreezerGroup.of(group).setFreezer(by);
              settle(group);
              if (hierarchical) {
                inherit(group);
              }
            });
    tellStopper();
  }

  private void inherit(Cgroup group) {
    boolean parentFreezing = FreezerGroup.of(group).freezing();
    for (Cgroup child : group.children()) {
      FreezerGroup.of(child).setParentFreezing(parentFreezing);
      settle(child);
      inherit(child);
    }
  }

  /** {@code freezer_apply_state}, when the reasons to freeze are known. */
  private void settle(Cgroup group) {
    FreezerGroup own = FreezerGroup.of(group);
    if (own.freezing()) {
      freezing.add(group);
    } else {
      own.setFrozen(false);
      freezing.remove(group);
    }
  }

  /** Looks who has stopped, and says what the kernel shows: {@code freezer_read}. */
  FreezerGroup.State state(Cgroup group) {
    FreezerGroup own = FreezerGroup.of(group);
    if (own.state() == FreezerGroup.State.FREEZING) {
      tellStopper();
    }
    group.lock().runQuietly(() -> updateIfFrozen(group));
    return own.state();
  }

  /** {@code update_if_frozen}, from the bottom up. */
  private void updateIfFrozen(Cgroup group) {
    if (hierarchical) {
      group.children().forEach(this::updateIfFrozen);
    }
    FreezerGroup own = FreezerGroup.of(group);
    if (own.freezing() && !own.frozen()) {
      boolean below =
          !hierarchical
              || children.of(group).stream().allMatch(each -> FreezerGroup.of(each).frozen());
      own.setFrozen(below && stopper.hasStopped(group));
    }
  }

  private void tellStopper() {
    stopper.look(this::groups);
  }

  private List<Stopper.Freezing> groups() {
    List<Stopper.Freezing> groups = new ArrayList<>();
    for (Cgroup each : freezing) {
      groups.add(new Stopper.Freezing(each, askers(each)));
    }
    return groups;
  }

  private List<Caller> askers(Cgroup group) {
    List<Caller> all = new ArrayList<>();
    for (Cgroup at = group; at != null; at = hierarchical ? at.parent() : null) {
      Caller who = FreezerGroup.of(at).freezer();
      if (who != null) {
        all.add(who);
      }
    }
    return all;
  }
}
