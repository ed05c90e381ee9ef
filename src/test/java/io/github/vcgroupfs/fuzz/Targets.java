package io.github.vcgroupfs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Chooses paths below one directory, the top: those of groups and of control files, names that are
 * odd, and ways that lead nowhere. None leads out of the top. Immutable.
 */
final class Targets {
  /** The group that belongs to a user. */
  static final String DELEGATED = "deleg";

  /** The group in which everybody may make groups. */
  static final String OPEN = "open";

  private static final List<String> FIRST = List.of(DELEGATED, OPEN, "a", "b", "c");
  private static final List<String> FURTHER = List.of("a", "b", "u");
  private static final int DEPTH = 3;
  private static final int NAME_MAX = 255;
  private static final int FUSE_NAME_MAX = 1024;
  private static final int PATH_MAX = 4096;

  /** Names that every kernel takes. */
  private static final List<String> ODD =
      List.of(
          "...",
          ".hidden",
          "a.b",
          "x y",
          " ",
          "*",
          "-",
          "%s%n",
          "\u00ff\u00fe\u0080",
          "\u00c3",
          "\u00e4\u00f6",
          "tasks2",
          "\"",
          "\\",
          "\t\r",
          "\u0001",
          "n".repeat(NAME_MAX),
          "\u00fc".repeat(NAME_MAX));

  private final String top;
  private final List<String> ofTop;
  private final List<String> ofGroups;
  private final List<String> ofBoth;

  /**
   * @param top absolute
   * @param ofTop its control files
   * @param ofGroups the control files that every group below has
   */
  Targets(String top, List<String> ofTop, List<String> ofGroups) {
    this.top = top;
    this.ofTop = ofTop;
    this.ofGroups = ofGroups;
    this.ofBoth = ofGroups.stream().filter(ofTop::contains).toList();
  }

  /** What the kernel is given; an empty path stays empty. */
  byte[] absolute(Target target) {
    return target.path().isEmpty() ? new byte[0] : (top + "/" + target.path()).getBytes(ISO_8859_1);
  }

  /** Any. */
  Target any(SplittableRandom random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> file(random);
      case 4, 5, 6, 7 -> group(random);
      default -> odd(random);
    };
  }

  /** A group with a usual name, perhaps missing; the names of the top are chosen more often. */
  Target group(SplittableRandom random) {
    return new Target("group", groupPath(random), "group");
  }

  /** A control file, perhaps missing. */
  Target file(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return file(any(ofTop, random));
    }
    String group = groupPath(random) + "/";
    return file(group + any(ofGroups, random));
  }

  /** A control file of one of the groups that are mostly there. */
  Target likelyFile(SplittableRandom random) {
    return file((random.nextBoolean() ? DELEGATED : OPEN) + "/" + any(ofGroups, random));
  }

  /** A name without a way to it. */
  Target single(SplittableRandom random) {
    return random.nextBoolean()
        ? file(any(ofBoth, random))
        : new Target("group", any(FURTHER, random), "group");
  }

  /** Our own files are taken for control files; their folder is one of neither kind. */
  private static Target file(String path) {
    String name = path.startsWith("sim.proc/") ? path : path.substring(path.lastIndexOf('/') + 1);
    return new Target(path.equals("sim.proc") ? "simproc" : "file", path, name);
  }

  private static String any(List<String> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }

  private Target odd(SplittableRandom random) {
    String group = random.nextInt(3) == 0 ? "" : groupPath(random) + "/";
    Target file = file(random);
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4 -> new Target("group", group + any(ODD, random), "group");
      case 5 -> new Target("newline", group + "a\nb", "newline");
      case 6 -> new Target("long", group + "l".repeat(random.nextInt(256, 1025)), "long");
      case 7 -> new Target("longer", group + "l".repeat(FUSE_NAME_MAX + 1), "longer");
      case 8 -> new Target("longest", group + "l/".repeat(PATH_MAX / 2), "longest");
      case 9 -> new Target("dots", ".", "dots");
      case 10 -> new Target("dots", groupPath(random) + "/..", "dots");
      case 11 -> new Target("dots", groupPath(random) + "/.", "dots");
      case 12 -> new Target("empty", "", "empty");
      case 13 -> new Target("group/", groupPath(random) + "/", "group/");
      case 14 ->
          new Target(
              file.label().equals("file") ? "file/" : file.label(), file.path() + "/", file.file());
      default ->
          file.label().equals("file")
              ? new Target("below-file", file.path() + "/x", "below-file")
              : new Target(file.label(), file.path() + "/x", file.file());
    };
  }

  private static String groupPath(SplittableRandom random) {
    StringBuilder path = new StringBuilder(any(FIRST, random));
    int depth = random.nextInt(DEPTH * DEPTH);
    for (int i = depth; i > DEPTH; i -= 2) {
      path.append('/').append(any(FURTHER, random));
    }
    return path.toString();
  }
}
