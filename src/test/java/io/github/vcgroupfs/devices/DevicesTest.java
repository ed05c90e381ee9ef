package io.github.vcgroupfs.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.ChildGroups;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The devices controller without files. */
class DevicesTest {
  private static final String WHITELIST = "linux-3.3";
  private static final String WHOLE_MATCH = "linux-3.10";
  private static final String PARTIAL_MATCH = "linux-4.4";
  private static final String EVERYTHING = "a *:* rwm\n";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A hierarchy {@code /a/b} of one kernel. */
  private static final class Groups {
    private final CgroupTree tree;
    private final Cgroup a;
    private long now;

    Groups(String kernel) throws ErrnoException {
      KernelProfile profile = Profiles.byId(kernel).orElseThrow();
      tree =
          new CgroupTree(
              profile,
              List.of(new DevicesController(profile, () -> now)),
              Membership.NOBODY,
              Notifier.NONE);
      a = tree.mkdir(tree.root(), "a");
    }

    private AccessRules rules() {
      return tree.controller(DevicesController.class).rules();
    }

    Cgroup child(Cgroup parent) throws ErrnoException {
      return tree.mkdir(parent, "b");
    }

    void allow(Cgroup group, String text) throws ErrnoException {
      rules().allow(group, rules().parse(bytes(text)));
    }

    void deny(Cgroup group, String text) throws ErrnoException {
      rules().deny(group, rules().parse(bytes(text)));
    }

    void refuses(Errno errno, String allowed, Cgroup group) {
      String before = list(group);
      assertThatThrownBy(() -> allow(group, allowed))
          .isInstanceOfSatisfying(
              ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(errno));
      assertThat(list(group)).isEqualTo(before);
    }

    String list(Cgroup group) {
      return DevicesGroup.of(group).access().show();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WHITELIST, WHOLE_MATCH, PARTIAL_MATCH})
  void aGroupBeginsWithWhatItsParentHas(String kernel) throws Exception {
    Groups groups = new Groups(kernel);
    assertThat(groups.list(groups.a)).isEqualTo(EVERYTHING);
    groups.deny(groups.a, "a");
    groups.allow(groups.a, "c 1:3 rw");
    groups.allow(groups.a, "b 8:* r");
    groups.allow(groups.a, "c 1:3 m");
    assertThat(groups.list(groups.a)).isEqualTo("c 1:3 rwm\nb 8:* r\n");
    Cgroup b = groups.child(groups.a);
    groups.allow(groups.a, "c 5:0 r");
    assertThat(groups.list(b)).isEqualTo("c 1:3 rwm\nb 8:* r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {WHITELIST, WHOLE_MATCH, PARTIAL_MATCH})
  void aGroupGetsOnlyWhatItsParentHas(String kernel) throws Exception {
    Groups groups = new Groups(kernel);
    groups.deny(groups.a, "a");
    groups.allow(groups.a, "c 1:* rw");
    Cgroup b = groups.child(groups.a);
    groups.deny(b, "c 1:* rw");
    assertThat(groups.list(b)).isEmpty();
    groups.allow(b, "c 1:3 r");
    assertThat(groups.list(b)).isEqualTo("c 1:3 r\n");
    groups.refuses(Errno.EPERM, "c 1:3 m", b);
    groups.refuses(Errno.EPERM, "c *:3 r", b);
    groups.refuses(Errno.EPERM, "b 1:3 r", b);
    groups.refuses(Errno.EPERM, "a", b);
  }

  @ParameterizedTest
  @ValueSource(strings = {WHOLE_MATCH, PARTIAL_MATCH})
  void whatIsDeniedIsDeniedBelow(String kernel) throws Exception {
    Groups groups = new Groups(kernel);
    groups.deny(groups.a, "a");
    groups.allow(groups.a, "c 1:* rw");
    Cgroup b = groups.child(groups.a);
    groups.allow(b, "c 1:3 r");
    Cgroup below = groups.child(b);
    groups.deny(groups.a, "c 1:* w");
    assertThat(groups.list(groups.a)).isEqualTo("c 1:* r\n");
    assertThat(groups.list(b)).isEqualTo("c 1:* r\nc 1:3 r\n");
    assertThat(groups.list(below)).isEqualTo("c 1:* r\nc 1:3 r\n");
    groups.deny(groups.a, "c 1:* r");
    assertThat(groups.list(b)).as("an entry that the parent does not have any more").isEmpty();
    assertThat(groups.list(below)).isEmpty();
  }

  @Test
  void beforeExceptionsWhatIsDeniedStaysBelow() throws Exception {
    Groups groups = new Groups(WHITELIST);
    groups.deny(groups.a, "a");
    groups.allow(groups.a, "c 1:* rw");
    Cgroup b = groups.child(groups.a);
    groups.deny(groups.a, "c 1:3 w"); // takes it from the whole range
    assertThat(groups.list(groups.a)).isEqualTo("c 1:* r\n");
    assertThat(groups.list(b)).isEqualTo("c 1:* rw\n");
  }

  @Test
  void beforeExceptionsAllDevicesAreAnEntryLikeOthers() throws Exception {
    Groups groups = new Groups(WHITELIST);
    groups.deny(groups.a, "c 1:3 w");
    assertThat(groups.list(groups.a)).isEqualTo("a *:* rm\n");
    groups.allow(groups.a, "b 8:0 r");
    groups.allow(groups.a, "c 4294967297:1 r"); // wraps around
    assertThat(groups.list(groups.a)).isEqualTo("a *:* rm\nb 8:0 r\nc 1:1 r\n");
    Cgroup b = groups.child(groups.a);
    groups.allow(b, "a");
    assertThat(groups.list(b)).isEqualTo("a *:* rwm\nb 8:0 r\nc 1:1 r\n");
    groups.deny(b, "a"); // is about that one entry
    assertThat(groups.list(b)).isEqualTo("b 8:0 r\nc 1:1 r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {WHOLE_MATCH, PARTIAL_MATCH})
  void allDevicesAtOnceNeedAGroupWithoutChildren(String kernel) throws Exception {
    Groups groups = new Groups(kernel);
    groups.child(groups.a);
    groups.refuses(Errno.EINVAL, "a", groups.a);
    assertThatThrownBy(() -> groups.deny(groups.a, "a *:* rwm"))
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EINVAL));
  }

  /** What 6.18 did; with 3.10's list of children a removed one is out of it at once. */
  @Test
  void aRemovedChildCountsForAnotherMoment() throws Exception {
    Groups groups = new Groups(PARTIAL_MATCH);
    Cgroup b = groups.child(groups.a);
    groups.now = Long.MAX_VALUE - 1; // as nanoTime may wrap around
    groups.tree.rmdir(b);
    groups.refuses(Errno.EINVAL, "a", groups.a);
    groups.allow(groups.a, "c 1:3 r");
    groups.now += ChildGroups.GRACE_NANOS - 1;
    groups.refuses(Errno.EINVAL, "a", groups.a);
    groups.now++;
    groups.allow(groups.a, "a");
    Groups old = new Groups(WHOLE_MATCH);
    old.tree.rmdir(old.child(old.a));
    old.allow(old.a, "a");
  }

  /** A group that allows by default does not show its exceptions; its children have them, too. */
  @Test
  void aChildCannotUndoAnExceptionOfItsParent() throws Exception {
    Groups groups = new Groups(PARTIAL_MATCH);
    groups.deny(groups.a, "c 1:3 w");
    assertThat(groups.list(groups.a)).isEqualTo(EVERYTHING);
    Cgroup b = groups.child(groups.a);
    groups.refuses(Errno.EPERM, "c 1:3 w", b);
    groups.refuses(Errno.EPERM, "c *:* rwm", b);
    groups.allow(b, "c 1:3 r");
    groups.deny(b, "a");
    groups.refuses(Errno.EPERM, "c 1:* rw", b);
    groups.allow(b, "c 1:* r");
    groups.allow(b, "a");
    groups.refuses(Errno.EPERM, "c 1:3 w", b);
    groups.allow(groups.a, "c 1:3 w");
    groups.allow(b, "c 1:3 w");
  }

  @Test
  void in310OnlyAWholeMatchCounts() throws Exception {
    Groups groups = new Groups(WHOLE_MATCH);
    groups.deny(groups.a, "c 1:3 w");
    Cgroup b = groups.child(groups.a);
    groups.allow(b, "c 1:3 w"); // removes the exception
    groups.deny(b, "a");
    groups.refuses(Errno.EPERM, "c 1:3 w", b);
    groups.allow(b, "c 1:* rw");
    assertThat(groups.list(b)).isEqualTo("c 1:* rw\n");
  }

  /** What a 6.18 kernel said to {@code printf VALUE > devices.allow; cat devices.list}. */
  @ParameterizedTest
  @CsvSource({
    "' c 1:3 rwm\n', c 1:3 rwm",
    "c 1:3 mw, c 1:3 wm",
    "c 1:3 rwmr, c 1:3 rwm",
    "c 1:3 rr, c 1:3 r",
    "'c\t1:3\nr', c 1:3 r",
    "'c 1:3\u00a0r', c 1:3 r",
    "'c 1:3 r\nx', c 1:3 r",
    "'c 1:3\n\nr', 'c 1:3 '",
    "c *:* m, c *:* m",
    "b 4294967295:0 r, b *:0 r",
    "b 00000000008:00000000000 r, b 8:0 r",
    "all of them, a *:* rwm"
  })
  void takesWhatTheKernelTakes(String written, String shown) throws Exception {
    assertThat(AccessText.parse(bytes(written), false)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x 1:3 r",
        "C 1:3 r",
        "c 1:3",
        "c 1:3 ",
        "c 1:3 q",
        "c 1:3 r x",
        "c 1:3  r",
        "c  1:3 r",
        "c1:3 r",
        "c :3 r",
        "c 1: r",
        "c 1 r",
        "c 1*:3 r",
        "c -1:3 r",
        "c 0x1:3 r",
        "c 4294967296:1 r",
        "c 1:4294967296 r",
        "c 000000000001:3 r"
      })
  void refusesWhatTheKernelRefuses(String written) {
    assertThatThrownBy(() -> AccessText.parse(bytes(written), false))
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EINVAL));
  }
}
