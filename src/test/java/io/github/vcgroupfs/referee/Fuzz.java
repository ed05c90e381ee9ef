package io.github.vcgroupfs.referee;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Cases made by chance: every kind of call on files and groups, right and wrong texts, groups that
 * are there and groups that are not. The same seed and the same files give the same cases.
 */
final class Fuzz {
  private static final int MOST_STEPS = 12;
  private static final int NOBODY = 65534;
  private static final List<String> GROUPS = List.of(".", "a", "b", "a/c", "a/c/d");
  private static final List<String> CHILDREN = GROUPS.subList(1, GROUPS.size());
  private static final List<String> ODD_NAMES =
      List.of(
          "x y", "-n", "...", "n".repeat(255), "n".repeat(256), "tasks", "a/tasks", "new\nline");
  private static final List<String> NEW_NAMES = List.of("z", "a/z", "b", "a/c", "tasks");

  private final Random random;
  private final List<String> files;
  private final List<String> limits;

  private Fuzz(long seed, List<String> files) {
    this.random = new Random(seed);
    this.files = new ArrayList<>(files);
    this.files.add("no.such.file"); // nothing has that name
    List<String> taking =
        files.stream()
            .filter(name -> name.matches(".*(limit_in_bytes|\\.max|\\.allow|\\.deny|\\.state)"))
            .toList();
    this.limits = taking.isEmpty() ? files : taking;
  }

  /** So many cases for a hierarchy whose new groups have those files. */
  static List<Case> cases(long seed, int count, List<String> files) {
    Fuzz fuzz = new Fuzz(seed, files);
    return IntStream.range(0, count)
        .mapToObj(n -> Case.of("fuzz-%d-%d".formatted(seed, n), fuzz.steps()))
        .toList();
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    if (random.nextBoolean()) { // else most steps would meet no group
      CHILDREN.forEach(group -> steps.add(Step.of(Operation.MKDIR, group)));
    }
    int count = 1 + random.nextInt(MOST_STEPS);
    for (int i = 0; i < count; i++) {
      steps.add(draw());
    }
    return steps;
  }

  private Step draw() {
    String group = any(GROUPS);
    String name = any(random.nextBoolean() ? files : limits);
    String file = group + "/" + name;
    int kind = random.nextInt(100);
    if (kind < 31) {
      return Step.of(Operation.WRITE, file, text(name));
    } else if (kind < 42) {
      return Step.of(Operation.APPEND, file, text(name));
    } else if (kind < 60) {
      return Step.of(Operation.READ, file);
    } else if (kind < 64) {
      return Step.of(Operation.PWRITE, file, text(name), any(List.of(0, 1, 5, 4096)));
    } else if (kind < 67) {
      return Step.of(Operation.WRITES, file, List.of(text(name), text(name)));
    } else if (kind < 70) {
      return Step.of(Operation.READS, file, any(List.of(1, 2, 3, 7)));
    } else if (kind < 73) {
      return Step.of(Operation.PREAD, file, any(List.of(1, 4, 100)), any(List.of(0, 1, 3, 50)));
    } else if (kind < 75) {
      return Step.of(Operation.RDWR, file, text(name));
    }
    return ofNames(kind, group, file);
  }

  private Step ofNames(int kind, String group, String file) {
    String fileOrGroup = random.nextBoolean() ? file : group;
    if (kind < 83) {
      return Step.of(Operation.MKDIR, any(random.nextInt(3) > 0 ? CHILDREN : ODD_NAMES));
    } else if (kind < 88) {
      return Step.of(Operation.RMDIR, any(CHILDREN));
    } else if (kind < 91) {
      return Step.of(Operation.RENAME, any(CHILDREN), any(NEW_NAMES));
    } else if (kind < 93) {
      Operation operation = any(List.of(Operation.CREATE, Operation.UNLINK, Operation.MKNOD));
      return Step.of(operation, group + "/" + any(files));
    } else if (kind < 95) {
      return Step.of(Operation.STAT, fileOrGroup);
    } else if (kind < 97) {
      return Step.of(Operation.TRUNCATE, file, any(List.of(0, 1, 4096)));
    } else if (kind < 98) {
      return Step.of(Operation.CHMOD, fileOrGroup, any(List.of("0600", "0444", "0777", "0000")));
    } else if (kind < 99) {
      return Step.of(Operation.LS, group);
    }
    return Step.of(Operation.ACCESS, file, any(List.of("r", "w", "rw")), NOBODY);
  }

  private String text(String fileName) {
    if (Step.PROCESS_LISTS.contains(fileName)) {
      return any(Words.ofNoProcess());
    }
    String before = any(List.of("", "", "", " ", "\n"));
    String word = random.nextInt(4) == 0 ? number() : any(Words.of(fileName));
    return before + word + any(List.of("", "\n", "\n", "\n", " \n", "\n\n", "\0", "\0\n"));
  }

  private String number() {
    String digits =
        random.nextBoolean()
            ? Long.toUnsignedString(random.nextLong() >>> random.nextInt(64))
            : Integer.toString(-random.nextInt(9));
    return digits + any(List.of("", "", "k", "K", "m", "G", "T", "x", " "));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
