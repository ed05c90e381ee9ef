package io.github.vcgroupfs.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.testing.EnabledIfFuseAvailable;
import io.github.vcgroupfs.testing.SharedResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same random calls on the kernel's own memory hierarchy and on a strict mount of the same
 * kernel's profile, result by result. Runs where a v1 memory mount exists and its kernel has a
 * profile; works in scratch groups of its own and writes no process id anywhere.
 *
 * <p>A real group holds kernel memory of its own, so the numbers of some files are not compared,
 * and a case in which that memory refuses a limit is left out.
 */
@EnabledIfFuseAvailable
@Tag("programs")
@ResourceLock(value = SharedResources.KERNEL_HIERARCHY, mode = ResourceAccessMode.READ)
class DifferentialIT {
  private static final Path KERNEL = Path.of("/sys/fs/cgroup/memory");
  private static final int CASES = 400;

  private static final List<String> LIMITS =
      List.of(
          "memory.limit_in_bytes",
          "memory.soft_limit_in_bytes",
          "memory.memsw.limit_in_bytes",
          "memory.kmem.limit_in_bytes",
          "memory.kmem.tcp.limit_in_bytes");

  private static final List<String> OTHERS =
      List.of(
          "memory.failcnt",
          "memory.max_usage_in_bytes",
          "memory.kmem.failcnt",
          "memory.kmem.tcp.failcnt",
          "memory.kmem.tcp.max_usage_in_bytes",
          "memory.memsw.failcnt",
          "memory.usage_in_bytes",
          "memory.kmem.tcp.usage_in_bytes",
          "memory.stat",
          "memory.swappiness",
          "memory.use_hierarchy",
          "memory.oom_control",
          "memory.move_charge_at_immigrate",
          "memory.force_empty",
          "notify_on_release",
          "cgroup.clone_children",
          "cgroup.event_control",
          "no.such.file");

  /** Files whose numbers a real group moves by itself. */
  private static final Set<String> VOLATILE =
      Set.of("memory.usage_in_bytes", "memory.max_usage_in_bytes", "memory.stat");

  private static final List<String> ATOMS =
      List.of(
          "0",
          "1",
          "4095",
          "4097",
          "65536",
          "123456789",
          "-1",
          "-2",
          "+1",
          "10K",
          "3m",
          "2G",
          "1T",
          "8E",
          "16E",
          "0x1000",
          "010000",
          "09",
          "1.5M",
          "5MB",
          "max",
          "abc",
          "",
          "  7  ",
          "7\t",
          "1 2",
          "18446744073709551615",
          "18446744073709551616",
          "9223372036854775807",
          "0x",
          "-");

  private static final List<String> FOLDERS = List.of(".", "a", "b", "a/c");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theKernelAndTheMountAgree(long seed) throws Exception {
    String profile = profileOfThisKernel();
    Path scratch = KERNEL.resolve("vcgroupfs-differential-" + ProcessHandle.current().pid());
    Files.createDirectory(scratch);
    try (RealMount mount = new RealMount(new CgroupMount.Options(profile, true, false))) {
      Cgroup kernel = RealMount.directory(scratch);
      List<String> differences = new ArrayList<>();
      int compared = 0;
      for (int i = 0; i < CASES; i++) {
        compared += compare(new Random(seed * 1_000_003 + i), kernel, mount.root(), differences);
      }
      System.out.printf(
          "seed %d: %d steps compared with the kernel, %d differ%n",
          seed, compared, differences.size());
      assertThat(differences).isEmpty();
      assertThat(compared).as("steps compared").isGreaterThan(CASES);
    } finally {
      Files.delete(scratch);
    }
  }

  private static String profileOfThisKernel() throws Exception {
    assumeTrue(
        Files.exists(KERNEL.resolve("memory.kmem.tcp.limit_in_bytes"))
            && Files.isWritable(KERNEL.resolve("memory.kmem.tcp.limit_in_bytes")),
        "no cgroup v1 memory hierarchy that this user may use at " + KERNEL);
    String release = Files.readString(Path.of("/proc/sys/kernel/osrelease"), ISO_8859_1).strip();
    assumeTrue(release.startsWith("6.18."), "no profile is that of this kernel, " + release);
    return "linux-6.18";
  }

  /** One case on both sides, each in a group of its own; returns the steps that were compared. */
  private static int compare(Random random, Cgroup kernel, Cgroup ours, List<String> differences)
      throws Exception {
    List<Step> steps = new ArrayList<>();
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      steps.add(Step.draw(random));
    }
    List<String> wanted = run(steps, kernel);
    List<String> got = run(steps, ours);
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).dependsOnUsage(wanted.get(i))) {
        return 0;
      }
    }
    for (int i = 0; i < steps.size(); i++) {
      if (!wanted.get(i).equals(got.get(i))) {
        differences.add(
            "%s: kernel %s, ours %s, after %s"
                .formatted(steps.get(i), wanted.get(i), got.get(i), steps.subList(0, i)));
      }
    }
    return steps.size();
  }

  private static List<String> run(List<Step> steps, Cgroup parent) throws Exception {
    Cgroup group = parent.createChild("case");
    try {
      List<String> results = new ArrayList<>();
      for (Step step : steps) {
        results.add(step.run(group));
      }
      return results;
    } finally {
      removeAll(group);
      parent.rmdir("case");
    }
  }

  /** Removes every group below, the deepest first. */
  private static void removeAll(Cgroup group) throws ErrnoException {
    for (String name : group.list()) {
      if (group.stat(name).directory()) {
        removeAll(group.child(name));
        group.rmdir(name);
      }
    }
  }

  private record Step(String call, String path, String text) {

    static Step draw(Random random) {
      String folder = pick(random, FOLDERS);
      String file = folder + "/" + pick(random, random.nextBoolean() ? LIMITS : OTHERS);
      int kind = random.nextInt(20);
      if (kind < 9) {
        return new Step("write", file, text(random));
      } else if (kind < 14) {
        return new Step("read", file, "");
      } else if (kind < 17) {
        return new Step("mkdir", pick(random, List.of("a", "b", "a/c", "memory.stat", "a")), "");
      } else if (kind < 18) {
        return new Step("rmdir", pick(random, FOLDERS.subList(1, 4)), "");
      } else if (kind < 19) {
        return new Step(
            "rename", pick(random, FOLDERS.subList(1, 4)), pick(random, List.of("z", "a/z", "b")));
      }
      return new Step("stat", random.nextBoolean() ? file : folder, "");
    }

    private static String text(Random random) {
      String end = pick(random, List.of("", "\n", "\n", " \n", "\0"));
      String atom = pick(random, ATOMS);
      if (random.nextInt(4) == 0) {
        atom = Long.toUnsignedString(random.nextLong() >>> random.nextInt(64));
      }
      return atom + end;
    }

    private static <T> T pick(Random random, List<T> list) {
      return list.get(random.nextInt(list.size()));
    }

    String run(Cgroup group) {
      try {
        return switch (call) {
          case "write" -> {
            group.write(path, text);
            yield "ok";
          }
          case "read" -> read(group);
          case "mkdir" -> {
            group.mkdir(path, 0755);
            yield "ok";
          }
          case "rmdir" -> {
            group.rmdir(path);
            yield "ok";
          }
          case "rename" -> {
            group.rename(path, text);
            yield "ok";
          }
          default -> {
            Cgroup.Stat stat = group.stat(path);
            yield "%s %o %d %d"
                .formatted(stat.directory(), stat.mode(), stat.sizeBytes(), stat.nlink());
          }
        };
      } catch (ErrnoException refusal) {
        return refusal.errno().toString();
      }
    }

    private String read(Cgroup group) throws ErrnoException {
      String content = group.read(path);
      String name = path.substring(path.lastIndexOf('/') + 1);
      return VOLATILE.contains(name) ? content.replaceAll("[0-9]+", "N") : content;
    }

    /** Whether the kernel's answer came from memory that a real group has and ours has not. */
    boolean dependsOnUsage(String answer) {
      return switch (call) {
        case "mkdir" -> answer.equals("ENOMEM");
        case "write" -> answer.equals("EBUSY") && path.contains("limit_in_bytes");
        case "read" -> path.endsWith("memory.failcnt") && !answer.equals("0\n");
        default -> false;
      };
    }
  }
}
