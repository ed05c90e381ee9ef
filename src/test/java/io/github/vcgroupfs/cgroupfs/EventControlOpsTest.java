package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.cgroup.FakeNotifier;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.Sharing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes to {@code cgroup.event_control}: which checks come first, and what may be named. */
class EventControlOpsTest {
  private static final Caller CLIENT = new Caller(1000, 1000, 4711);
  private static final int EVENT = 3;
  private static final int FILE = 4;
  private static final int UNKNOWN = 99;

  private final FakeNotifier clients = new FakeNotifier();
  private FakeNotifier.Event event;
  private CgroupFs fs;

  @BeforeEach
  void mount() throws ErrnoException {
    mount(false);
  }

  private void mount(boolean anyGroup) throws ErrnoException {
    KernelProfile lwn = Profiles.LWN_2011.relaxed();
    EnumSet<KernelFeature> features = EnumSet.copyOf(lwn.features());
    features.add(KernelFeature.PRESSURE_LEVEL);
    if (!anyGroup) {
      features.remove(KernelFeature.EVENT_OF_ANY_GROUP);
    }
    KernelProfile profile =
        new KernelProfile(
            lwn.id(),
            lwn.label(),
            features,
            lwn.extensions(),
            lwn.limits(),
            lwn.integers(),
            lwn.files(),
            lwn.memory(),
            lwn.tcp());
    MemoryTree tree =
        new MemoryTree(profile, Membership.NOBODY, clients, () -> 0, ModelListener.SILENT);
    fs =
        new CgroupFs(
            tree.tree(),
            ControlFiles.of(tree.tree(), Map.of()),
            SizeMode.EXACT,
            Sharing.byDefault(Caller.SELF),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    fs.mkdir(Caller.SELF, "/a", 0755);
    fs.mkdir(Caller.SELF, "/b", 0755);
    event = clients.event(EVENT);
  }

  private void open(String path) throws ErrnoException {
    clients.file(FILE, fs.getattr(Caller.SELF, path).ino());
  }

  private void write(String path, String text) throws ErrnoException {
    long handle = fs.open(CLIENT, path, new OpenFlags(false, false));
    try {
      fs.write(CLIENT, handle, text.getBytes(StandardCharsets.ISO_8859_1));
    } finally {
      fs.release(handle);
    }
  }

  private void register(int eventFd, int fileFd, String args) throws ErrnoException {
    write("/a/cgroup.event_control", "%d %d %s".formatted(eventFd, fileFd, args));
  }

  private Errno refusal(int eventFd, int fileFd, String args) {
    ErrnoException refusal =
        catchThrowableOfType(ErrnoException.class, () -> register(eventFd, fileFd, args));
    assertThat(refusal).isNotNull();
    return refusal.errno();
  }

  @Test
  void aThresholdFires() throws ErrnoException {
    open("/a/memory.usage_in_bytes");
    register(EVENT, FILE, "1M");
    // echo 2M > a/memory.usage_in_bytes
    write("/a/memory.usage_in_bytes", "2M");
    assertThat(event.read()).isEqualTo(1);
    // rmdir a
    fs.rmdir(CLIENT, "/a");
    assertThat(event.read()).isEqualTo(1);
    assertThat(event.isClosed()).isTrue();
    assertThat(fs.openHandles()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "memory.usage_in_bytes, 1M",
    "memory.memsw.usage_in_bytes, 1M",
    "memory.oom_control, junk",
    "memory.pressure_level, low",
  })
  void theseFilesHaveEvents(String name, String args) throws ErrnoException {
    open("/a/" + name);
    if (name.equals("memory.pressure_level")) {
      // chmod a+r memory.pressure_level: it has mode 0000
      fs.chmod(Caller.SELF, "/a/" + name, 0444);
    }
    register(EVENT, FILE, args);
    assertThat(event.isClosed()).isFalse();
  }

  @Test
  void noOtherFileHas() throws ErrnoException {
    long directory = fs.opendir(Caller.SELF, "/a");
    for (DirectoryEntry each : fs.readdir(directory)) {
      String name = each.name();
      fs.chmod(Caller.SELF, "/a/" + name, 0666);
      open("/a/" + name);
      boolean wanted =
          name.matches("memory\\.(memsw\\.)?usage_in_bytes|memory\\.(oom_control|pressure_level)");
      if (!wanted) {
        assertThat(refusal(EVENT, FILE, "1")).as(name).isEqualTo(Errno.EINVAL);
      }
    }
    fs.releasedir(directory);
    assertThat(event.isClosed()).as("it goes back when it is not registered").isTrue();
  }

  @Test
  void checksComeInTheKernelsOrder() throws ErrnoException {
    open("/a/memory.usage_in_bytes");
    assertThat(refusal(UNKNOWN, UNKNOWN, "x")).isEqualTo(Errno.EBADF);
    assertThat(refusal(FILE, UNKNOWN, "x")).as("no eventfd").isEqualTo(Errno.EINVAL);
    assertThat(refusal(EVENT, UNKNOWN, "x")).isEqualTo(Errno.EBADF);
    assertThat(refusal(EVENT, EVENT, "x")).as("no control file").isEqualTo(Errno.EINVAL);
    assertThat(refusal(EVENT, FILE, "x")).as("no threshold").isEqualTo(Errno.EINVAL);
    // chmod 0 a/memory.usage_in_bytes
    fs.chmod(Caller.SELF, "/a/memory.usage_in_bytes", 0);
    assertThat(refusal(EVENT, FILE, "x")).as("permission before args").isEqualTo(Errno.EACCES);
    open("/a");
    assertThat(refusal(EVENT, FILE, "1M")).as("a directory").isEqualTo(Errno.EINVAL);
    assertThat(fs.openHandles()).isZero();
  }

  @Test
  void theFileMustBeOfTheSameGroup() throws ErrnoException {
    open("/b/memory.usage_in_bytes");
    assertThat(refusal(EVENT, FILE, "1M")).isEqualTo(Errno.EINVAL);
    open("/memory.usage_in_bytes");
    assertThat(refusal(EVENT, FILE, "1M")).isEqualTo(Errno.EINVAL);
  }

  @Test
  void oldKernelsWatchTheGroupOfTheEventControlWhateverTheFilesGroup() throws ErrnoException {
    mount(true);
    open("/b/memory.usage_in_bytes");
    register(EVENT, FILE, "1M");
    write("/b/memory.usage_in_bytes", "2M");
    assertThat(event.read()).isZero();
    write("/a/memory.usage_in_bytes", "2M");
    assertThat(event.read()).isEqualTo(1);
  }
}
