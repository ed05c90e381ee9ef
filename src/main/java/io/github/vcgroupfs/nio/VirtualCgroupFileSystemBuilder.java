package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.controllers.HierarchyList;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.fixture.Fixture;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fixture.Presets;
import io.github.vcgroupfs.injvm.FakeMachine;
import io.github.vcgroupfs.injvm.Processes;
import io.github.vcgroupfs.injvm.World;
import io.github.vcgroupfs.injvm.WorldSettings;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryController;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes file systems of virtual control groups. Each option has a default; the same builder can
 * make several. Not thread-safe.
 *
 * <pre>{@code
 * try (VirtualCgroupFileSystem fs =
 *     VirtualCgroupFileSystem.builder().profile("linux-6.1").strict(true).open()) {
 *   Path limit = fs.root().resolve("memory.limit_in_bytes");
 * }
 * }</pre>
 */
public final class VirtualCgroupFileSystemBuilder {
  /** 2011-12-06T00:00:00Z, when the article appeared; not parsed, which takes 14 ms at first. */
  private static final Instant ARTICLE = Instant.ofEpochSecond(1_323_129_600L);

  /** Where distributions mount hierarchies. */
  private static final String USUAL_PLACE = "/sys/fs/cgroup";

  /** The id of this process where its real one is none that Linux would give. */
  private static final int SOME_PID = 1000;

  private @Nullable String profile;
  private @Nullable String controllers;
  private @Nullable String preset;
  private @Nullable Path fixture;
  private @Nullable String at;
  private boolean strict;
  private long seed;
  private Caller user = new Caller(0, 0, 0);
  private Caller owner = new Caller(0, 0, 0);
  private FakeMachine machine = FakeMachine.USUAL;
  private @Nullable Instant start = ARTICLE;

  VirtualCgroupFileSystemBuilder() {}

  /**
   * The kernel to imitate, as {@code linux-6.1}; {@code vcgroupfs profiles} lists them. Default:
   * that of the fixture or preset, else {@code lwn-2011}.
   *
   * @param id the id of a profile
   * @return this
   */
  public VirtualCgroupFileSystemBuilder profile(String id) {
    this.profile = id;
    return this;
  }

  /**
   * The hierarchies, as {@code mount --controllers} takes them: {@code memory}, {@code
   * memory,cpu+cpuacct}, {@code all}. Default: those of the fixture or preset, else {@code memory}.
   *
   * @param list names of controllers, joined by commas and plus signs
   * @return this
   */
  public VirtualCgroupFileSystemBuilder controllers(String list) {
    this.controllers = list;
    return this;
  }

  /**
   * Begins with a known incident, as {@code kmem-leak}; {@code vcgroupfs presets} lists them. Not
   * together with {@link #fixture}.
   *
   * @param name the name of a preset
   * @return this
   */
  public VirtualCgroupFileSystemBuilder preset(String name) {
    this.preset = name;
    return this;
  }

  /**
   * Begins with the groups of a file that {@code vcgroupfs capture} wrote. Its members are fake
   * processes. Not together with {@link #preset}.
   *
   * @param file the file, in YAML
   * @return this
   */
  public VirtualCgroupFileSystemBuilder fixture(Path file) {
    this.fixture = file;
    return this;
  }

  /**
   * Whether to have only what that kernel has: no {@code sim.*} files, usage read-only, sizes 0.
   * What a test does through {@link Cgroups} works all the same. Default: false.
   *
   * @param only true for a strict one
   * @return this
   */
  public VirtualCgroupFileSystemBuilder strict(boolean only) {
    this.strict = only;
    return this;
  }

  /**
   * The seed of whatever is random: chance in traffic, and faults with a probability. Default: 0.
   *
   * @param newSeed any number
   * @return this
   */
  public VirtualCgroupFileSystemBuilder seed(long newSeed) {
    this.seed = newSeed;
    return this;
  }

  /**
   * The directory that shows the hierarchy, or that has the directories of several: absolute, with
   * slashes. Default: {@code /sys/fs/cgroup/memory}, or the name of the only hierarchy in its
   * place; {@code /sys/fs/cgroup} for several.
   *
   * @param directory the path
   * @return this
   */
  public VirtualCgroupFileSystemBuilder at(String directory) {
    this.at = directory;
    return this;
  }

  /**
   * The user whom the code under test runs as. Modes and owners of files are asked for this user;
   * root may do everything. Default: root.
   *
   * @param uid the user id, 0 is root
   * @param gid the group id
   * @return this
   */
  public VirtualCgroupFileSystemBuilder user(int uid, int gid) {
    this.user = new Caller(uid, gid, user.tid());
    return this;
  }

  /**
   * Who owns the root of each hierarchy, and may use {@code sim.*} files as root may. Default:
   * root.
   *
   * @param uid the user id, 0 is root
   * @param gid the group id
   * @return this
   */
  public VirtualCgroupFileSystemBuilder owner(int uid, int gid) {
    this.owner = new Caller(uid, gid, 0);
    return this;
  }

  /**
   * The id of the process that calls of this JVM come from, as control files show it. Default: the
   * real id of this process.
   *
   * @param id 1 to 4194303
   * @return this
   */
  public VirtualCgroupFileSystemBuilder pid(int id) {
    if (id < 1 || id >= Processes.MAX_PID) {
      throw new IllegalArgumentException(
          "pid %d: choose one from 1 to %d".formatted(id, Processes.MAX_PID - 1));
    }
    this.user = new Caller(user.uid(), user.gid(), id);
    return this;
  }

  /**
   * How many processors the made-up machine has, 1 to 8192. Default: 2.
   *
   * @param count 1 to 8192
   * @return this
   */
  public VirtualCgroupFileSystemBuilder processors(int count) {
    this.machine = machine.with(requireCount("processors", count, 8192), machine.nodes());
    return this;
  }

  /**
   * How many memory nodes the made-up machine has, 1 to 1024. Default: 1.
   *
   * @param count 1 to 1024
   * @return this
   */
  public VirtualCgroupFileSystemBuilder memoryNodes(int count) {
    this.machine = machine.with(machine.processors(), requireCount("memory nodes", count, 1024));
    return this;
  }

  private static int requireCount(String what, int count, int most) {
    if (count < 1 || count > most) {
      throw new IllegalArgumentException("%d %s: choose 1 to %d".formatted(count, what, most));
    }
    return count;
  }

  /**
   * When virtual time begins. It moves by {@link Cgroups#advance} only. Default: virtual time, from
   * 6 December 2011, midnight UTC.
   *
   * @param instant its first moment
   * @return this
   */
  public VirtualCgroupFileSystemBuilder startAt(Instant instant) {
    this.start = instant;
    return this;
  }

  /**
   * Time is that of this machine, and traffic goes on by itself.
   *
   * @return this
   */
  public VirtualCgroupFileSystemBuilder wallClock() {
    this.start = null;
    return this;
  }

  /**
   * Makes a file system. Nobody else sees it.
   *
   * @return the file system, to be closed by its user
   * @throws IllegalArgumentException if an option has a value that there is not; the message says
   *     which there are
   * @throws IOException if the fixture cannot be read
   */
  public VirtualCgroupFileSystem open() throws IOException {
    return open(VirtualCgroupFileSystemProvider.installed(), null);
  }

  /**
   * Makes a file system of a provider.
   *
   * @param name its name in addresses; null for a number
   */
  VirtualCgroupFileSystem open(VirtualCgroupFileSystemProvider provider, @Nullable String name)
      throws IOException {
    try {
      Fixture beginning = beginning();
      KernelProfile chosen = chooseProfile(beginning);
      List<HierarchySpec> hierarchies = chooseHierarchies(chosen, beginning);
      String place = requireAbsolute(place(hierarchies));
      World world = World.assemble(settings(chosen, hierarchies, beginning));
      return provider.open(name, identity -> new VirtualCgroupFileSystem(identity, world, place));
    } catch (FixtureException | HierarchyList.BadListException bad) {
      throw new IllegalArgumentException(bad.getMessage(), bad);
    }
  }

  private WorldSettings settings(
      KernelProfile chosen, List<HierarchySpec> hierarchies, @Nullable Fixture beginning) {
    return new WorldSettings(
        strict ? chosen : chosen.relaxed(),
        hierarchies,
        strict ? SizeMode.ZERO : SizeMode.EXACT,
        owner,
        user.tid() == 0 ? new Caller(user.uid(), user.gid(), ownPid()) : user,
        seed,
        machine,
        start,
        beginning);
  }

  private static int ownPid() {
    long pid = ProcessHandle.current().pid();
    return pid < Processes.MAX_PID ? (int) pid : SOME_PID;
  }

  private String place(List<HierarchySpec> hierarchies) {
    if (at != null) {
      return at;
    }
    return hierarchies.size() == 1
        ? USUAL_PLACE + "/" + hierarchies.get(0).directory()
        : USUAL_PLACE;
  }

  private static String requireAbsolute(String place) {
    if (!place.startsWith("/")) {
      throw new IllegalArgumentException(
          "at %s: choose a directory that begins with a slash, such as %s"
              .formatted(place, USUAL_PLACE));
    }
    return place;
  }

  private @Nullable Fixture beginning() throws FixtureException, IOException {
    if (preset != null && fixture != null) {
      throw new IllegalArgumentException("a fixture or a preset: choose one of them");
    }
    if (preset != null) {
      return Presets.read(preset);
    }
    return fixture == null ? null : Fixture.read(fixture, id -> Profiles.byId(id).isPresent());
  }

  private KernelProfile chooseProfile(@Nullable Fixture beginning) {
    String id = profile;
    if (id == null && beginning != null) {
      id = beginning.profile().orElse(null);
    }
    String wanted = id == null ? Profiles.DEFAULT_ID : id;
    KernelProfile found =
        Profiles.byId(wanted)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no profile %s: there are %s"
                            .formatted(
                                wanted,
                                Profiles.all().stream()
                                    .map(KernelProfile::id)
                                    .collect(Collectors.joining(", ")))));
    return beginning != null && beginning.profile().equals(Optional.of(wanted))
        ? found.with(beginning.patchLevels())
        : found;
  }

  private List<HierarchySpec> chooseHierarchies(KernelProfile chosen, @Nullable Fixture beginning)
      throws FixtureException, HierarchyList.BadListException {
    if (controllers == null && beginning != null) {
      HierarchyList.requireIn(beginning.hierarchies(), chosen);
      return beginning.hierarchies();
    }
    List<HierarchySpec> specs =
        HierarchyList.parse(controllers == null ? MemoryController.NAME : controllers, chosen);
    if (beginning != null) {
      beginning.requireFits(specs);
    }
    return specs;
  }
}
