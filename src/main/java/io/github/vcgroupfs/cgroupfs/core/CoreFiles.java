package io.github.vcgroupfs.cgroupfs.core;

import static io.github.vcgroupfs.cgroupfs.file.Fidelity.ENFORCED;
import static io.github.vcgroupfs.cgroupfs.file.Fidelity.REPORTED;
import static io.github.vcgroupfs.cgroupfs.file.Fidelity.STUB;
import static io.github.vcgroupfs.cgroupfs.file.Visibility.ROOT_ONLY;

import io.github.vcgroupfs.cgroup.CoreSetting;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.cgroupfs.file.ReportHandler;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.kernel.CoreFile;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.util.List;

/**
 * The files that every cgroup v1 hierarchy has, whatever its controllers: {@code
 * kernel/cgroup/cgroup-v1.c cgroup1_base_files[]}, before that {@code kernel/cgroup.c files[]}. A
 * directory lists them first.
 */
public final class CoreFiles {
  /** Where programs register for events. */
  public static final String EVENT_CONTROL = "cgroup.event_control";

  private CoreFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        pids(CoreFile.TASKS, Membership.Scope.THREAD, "cgroup_tasks_write").build(),
        pids(CoreFile.PROCS, Membership.Scope.PROCESS, "cgroup_procs_write")
            .asColumn(Column.PROCS)
            .build(),
        core(
                "notify_on_release",
                flag(CoreSetting.NOTIFY_ON_RELEASE),
                ENFORCED,
                "cgroup_write_notify_on_release")
            .build(),
        eventControl("cgroup_write_event_control")
            .requiring(KernelFeature.CORE_EVENT_CONTROL)
            .build(),
        core(
                CoreFile.CLONE_CHILDREN.fileName(),
                flag(CoreSetting.CLONE_CHILDREN),
                STUB,
                "cgroup_clone_children_write")
            .build(),
        core(
                "cgroup.sane_behavior",
                new ReportHandler(target -> "0\n"),
                REPORTED,
                "cgroup_sane_behavior_show")
            .requiring(KernelFeature.SANE_BEHAVIOR)
            .visible(ROOT_ONLY)
            .build(),
        core("release_agent", new ReleaseAgentHandler(), ENFORCED, "cgroup_release_agent_write")
            .failing(Errno.EPERM)
            .visible(ROOT_ONLY)
            .build());
  }

  /**
   * {@code cgroup.event_control}. In old kernels every hierarchy has it. In later ones only the
   * memory controller has it. A write can fail because of the two descriptors that it names.
   *
   * @param source the kernel function that carries out the write
   */
  public static ControlFile.Builder eventControl(String source) {
    return core(EVENT_CONTROL, new EventControlHandler(), ENFORCED, source)
        .failing(Errno.EBADF, Errno.EACCES)
        .worldWritableWith(KernelFeature.WORLD_WRITABLE_EVENT_CONTROL);
  }

  /**
   * Errors are those of the task that is moved: {@code cgroup_attach_task} and its callers. ENOSPC
   * is a cpuset's without processors: {@code cpuset_can_attach}.
   */
  private static ControlFile.Builder pids(CoreFile file, Membership.Scope scope, String source) {
    return core(file.fileName(), new PidsHandler(scope), ENFORCED, source)
        .failing(Errno.ESRCH, Errno.EACCES, Errno.EPERM, Errno.EAGAIN, Errno.EBUSY, Errno.ENOSPC)
        .differingByReader(); // ids are those of the reader's pid namespace
  }

  /** A flag: every number but 0 sets it. */
  private static Handler flag(CoreSetting setting) {
    return NumberHandler.writable(
        target -> setting.of(target.group()) ? 1 : 0,
        (target, value) -> target.tree().set(target.group(), setting, value != 0));
  }

  private static ControlFile.Builder core(
      String name, Handler handler, Fidelity fidelity, String source) {
    return ControlFile.of(FileOwner.CORE, name, handler, fidelity, source);
  }
}
