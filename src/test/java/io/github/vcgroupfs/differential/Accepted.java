package io.github.vcgroupfs.differential;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Differences that are known and stay. Each is a row of the table on the page on testing, with its
 * reason there. Whoever mends one takes it out.
 *
 * @param what as on the page
 * @param world the only one that is different; if it is the kernel, the others may be in two ways
 * @param step the steps, as a script shows them
 * @param there what comes there
 * @param elsewhere what comes in the others
 */
record Accepted(String what, String world, Pattern step, Pattern there, Pattern elsewhere) {
  /** All of them. */
  static final List<Accepted> ALL =
      List.of(
          inMount(
              "the position of a channel whose group was removed",
              "#[0-9]\\.(position|truncate|skip|skipNBytes|available|readAllBytes|readNBytes)\\(",
              "(?s).*",
              "java\\.io\\.IOException: No such device.*"),
          inMount(
              "a position beyond 2 GiB",
              "\\.position\\([0-9]{10,}\\)",
              "opened|itself",
              "java\\.io\\.IOException: Invalid argument"),
          inMount(
              "force on a directory",
              "\\.force\\(",
              "null",
              "java\\.io\\.IOException: Invalid argument"),
          inMount(
              "the size of a channel whose group was removed, or a new size",
              "\\.(truncate|size|transferFrom|transferTo|map|readAllBytes|skip|available)\\(",
              "(later )?java\\.io\\.IOException: No such file or directory.*",
              "(?s).*"),
          inMount(
              "a private map",
              "\\.map\\(PRIVATE",
              "mapped [0-9]+",
              "java\\.io\\.IOException: No such device"),
          inMount(
              "attributes of an open directory that was removed",
              "^MoreDirectories\\.attributesOf\\(.*true",
              "java\\.nio\\.file\\.NoSuchFileException: null",
              "(?s)true .*"),
          inMount(
              "what is opened in an open directory that was removed",
              "^MoreDirectories\\.readIn\\(.*true",
              "java\\.nio\\.file\\.NoSuchFileException: .*",
              "(?s).*"),
          inJvm(
              "`.` and `..` of an open directory that was removed",
              "^MoreDirectories\\..*true",
              "java\\.nio\\.file\\.NoSuchFileException: \\.{1,2}(/.*)?",
              "(?s).*"),
          inJvm("available past the end", "\\.available\\(", "0", "-[0-9]+"),
          inJvm(
              "a map into an arena",
              "\\.map\\(([^,]*, ){3}null\\)",
              "java\\.lang\\.UnsupportedOperationException: null",
              "java\\.lang\\.NullPointerException"),
          inJvm(
              "java.io on such a path",
              "^More\\.javaIo",
              "java\\.lang\\.UnsupportedOperationException: Path not associated with.*",
              "(?s).*"));

  private static Accepted inMount(String what, String step, String there, String elsewhere) {
    return in("mount", what, step, there, elsewhere);
  }

  private static Accepted inJvm(String what, String step, String there, String elsewhere) {
    return in("jvm", what, step, there, elsewhere);
  }

  private static Accepted in(
      String world, String what, String step, String there, String elsewhere) {
    return new Accepted(
        what, world, Pattern.compile(step), Pattern.compile(there), Pattern.compile(elsewhere));
  }

  /** The one that it is, if it is one. */
  static Optional<Accepted> of(Step step, Map<String, String> outcomes) {
    return ALL.stream().filter(each -> each.holds(step, outcomes)).findFirst();
  }

  private boolean holds(Step made, Map<String, String> outcomes) {
    Set<String> others = new HashSet<>();
    outcomes.forEach(
        (name, outcome) -> {
          if (!name.equals(world)) {
            others.add(outcome);
          }
        });
    return outcomes.containsKey(world)
        && step.matcher(made.toString()).find()
        && there.matcher(outcomes.get(world)).matches()
        && (world.equals("kernel") || others.size() == 1)
        && others.stream().allMatch(other -> elsewhere.matcher(other).matches());
  }
}
