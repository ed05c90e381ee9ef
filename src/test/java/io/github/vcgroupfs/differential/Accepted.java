package io.github.vcgroupfs.differential;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Differences that are known and stay. Each is a row of the table on the page on testing, with its
 * reason there. Whoever mends one takes it out.
 *
 * @param what as on the page
 * @param worlds those that are different; the others are the same
 * @param step the steps, as a script shows them
 * @param there what comes there
 * @param elsewhere what comes in the others
 */
record Accepted(String what, Set<String> worlds, Pattern step, Pattern there, Pattern elsewhere) {
  /** What the call left in its buffers. */
  private static final String LEFT = "( ('.*'|\\{.*\\}))*";

  private static final String SIZE_REFUSED =
      "java\\.io\\.IOException: (No such device|Channel not open for writing.*)";

  /** All of them. */
  static final List<Accepted> ALL =
      List.of(
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
              "the position of a channel whose group was removed",
              "#[0-9]\\.(position|truncate|skip|skipNBytes|available|readAllBytes|readNBytes)\\(",
              "[0-9]+|N|opened|itself|java\\.io\\.IOException: No such file or directory" + LEFT,
              "java\\.io\\.IOException: No such device" + LEFT),
          inMount(
              "the size of a channel whose group was removed, or a new size",
              "\\.(position|truncate|size|transferFrom|transferTo|map|readAllBytes|skip|available)\\(",
              "java\\.io\\.IOException: No such file or directory" + LEFT,
              "([0-9]+|N|opened|itself|mapped 0( read-only)?|" + SIZE_REFUSED + ")" + LEFT),
          inMount(
              "a lock of a channel whose group was removed",
              "\\.(lock|tryLock)\\(",
              "(java\\.lang\\.AssertionError: )?java\\.io\\.IOException: No such file or directory",
              "(null told )?lock [0-9]+ [0-9]+ (true|false) true"
                  + "|java\\.lang\\.IllegalArgumentException: Negative (position|size|position \\+ size)"),
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
              "to remove an open file of an open directory that was removed, as a directory",
              "^MoreDirectories\\.deleteDirectory\\(.*true",
              "java\\.nio\\.file\\.FileSystemException: [^:]*: Not a directory",
              "java\\.nio\\.file\\.NoSuchFileException: [^:]*"),
          in(
              Set.of("mount", "jvm"),
              "`.` of an open directory that was removed",
              "^MoreDirectories\\.readIn\\(<[^>]*>, '\\.', true",
              "java\\.nio\\.file\\.NoSuchFileException: \\.",
              "java\\.io\\.IOException: Is a directory"),
          inJvm(
              "`.` and `..` of an open directory that was removed",
              "^MoreDirectories\\.(readIn|deleteDirectory)\\(<[^>]*>, '\\.{1,2}', true",
              "java\\.nio\\.file\\.NoSuchFileException: \\.{1,2}",
              "java\\.io\\.IOException: Is a directory"
                  + "|java\\.nio\\.file\\.FileSystemException: \\.{1,2}: "
                  + "(Is a directory|Invalid argument)"
                  + "|java\\.nio\\.file\\.DirectoryNotEmptyException: null"),
          inJvm(
              "attributes of a temporary file with a wrong name",
              "^Files\\.createTemp(File|Directory)\\(.*, null\\)",
              "java\\.lang\\.IllegalArgumentException: Invalid prefix or suffix",
              "java\\.lang\\.NullPointerException"),
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
    return in(Set.of("mount"), what, step, there, elsewhere);
  }

  private static Accepted inJvm(String what, String step, String there, String elsewhere) {
    return in(Set.of("jvm"), what, step, there, elsewhere);
  }

  private static Accepted in(
      Set<String> worlds, String what, String step, String there, String elsewhere) {
    return new Accepted(
        what, worlds, Pattern.compile(step), Pattern.compile(there), Pattern.compile(elsewhere));
  }

  /** The one that it is, if it is one. */
  static Optional<Accepted> of(Step step, Map<String, String> outcomes) {
    return ALL.stream().filter(each -> each.holds(step, outcomes)).findFirst();
  }

  /** In which worlds, and what. */
  String title() {
    return String.join(", ", new TreeSet<>(worlds)) + ": " + what;
  }

  private boolean holds(Step made, Map<String, String> outcomes) {
    Set<String> here = new HashSet<>();
    Set<String> others = new HashSet<>();
    outcomes.forEach((name, outcome) -> (worlds.contains(name) ? here : others).add(outcome));
    return !here.isEmpty()
        && step.matcher(made.toString()).find()
        && here.stream().allMatch(each -> there.matcher(each).matches())
        && others.size() == 1
        && others.stream().allMatch(each -> elsewhere.matcher(each).matches());
  }
}
