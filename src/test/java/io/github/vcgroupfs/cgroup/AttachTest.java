package io.github.vcgroupfs.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What controllers are asked when a process is moved: {@code cgroup_migrate_execute}. */
class AttachTest {
  private static final Caller ROOT = new Caller(0, 0, 4711);

  private final FakeMembership processes = new FakeMembership();
  private final List<String> calls = new ArrayList<>();
  private final Asked first = new Asked("first");
  private final Asked second = new Asked("second");
  private final CgroupTree tree =
      new CgroupTree(Profiles.LWN_2011, List.of(first, second), processes, Notifier.NONE);

  /** Writes down what it is asked, and refuses when it is told to. */
  private final class Asked implements Controller {
    private final String name;
    private boolean refuses;

    private Asked(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public ControllerState createRoot(Cgroup root) {
      return new ControllerState() {};
    }

    @Override
    public ControllerState create(Cgroup group, Cgroup parent) {
      return new ControllerState() {};
    }

    @Override
    public void canAttach(Cgroup group, int id, Membership.Scope scope) throws ErrnoException {
      assertThat(group.lock().isHeld()).isTrue();
      calls.add(name + " may " + id);
      if (refuses) {
        throw new ErrnoException(Errno.ENOSPC, "no room");
      }
    }

    @Override
    public void cancelAttach(Cgroup group) {
      calls.add(name + " cancel");
    }

    @Override
    public void attached(Cgroup group) {
      calls.add(name + " attached");
    }
  }

  private ErrnoException attach(Cgroup group, int pid) {
    return catchThrowableOfType(
        ErrnoException.class, () -> tree.attach(group, pid, Membership.Scope.PROCESS, ROOT));
  }

  @Test
  void allAreAskedThenAllAreTold() throws ErrnoException {
    Cgroup group = tree.mkdir(tree.root(), "a");
    int pid = processes.start(tree.root());
    assertThat(attach(group, pid)).isNull();
    assertThat(calls)
        .containsExactly(
            "first may " + pid, "second may " + pid, "first attached", "second attached");
  }

  @Test
  void whoeverRefusesKeepsTheProcessWhereItIs() throws ErrnoException {
    Cgroup group = tree.mkdir(tree.root(), "a");
    int pid = processes.start(tree.root());
    second.refuses = true;
    assertThat(attach(group, pid).errno()).isEqualTo(Errno.ENOSPC);
    assertThat(calls).containsExactly("first may " + pid, "second may " + pid, "first cancel");
    assertThat(group.isPopulated()).isFalse();
  }

  @Test
  void nobodyIsAskedAboutAProcessThatIsNotThere() throws ErrnoException {
    Cgroup group = tree.mkdir(tree.root(), "a");
    second.refuses = true;
    assertThat(attach(group, 1).errno()).isEqualTo(Errno.ESRCH);
    assertThat(calls).isEmpty();
  }
}
