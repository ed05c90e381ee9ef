package io.github.vcgroupfs.artefacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * What an advisory says of one package, as the OSV format has it (ossf.github.io/osv-schema).
 * Immutable.
 *
 * @param id such as {@code GHSA-…}
 * @param aliases its other names, {@code CVE-…} among them
 * @param summary a sentence
 * @param ecosystem {@code Maven} or {@code npm}
 * @param name of the package, as that ecosystem writes it
 * @param ranges each with its events
 * @param versions that are named one by one
 */
record Advisory(
    String id,
    List<String> aliases,
    String summary,
    String ecosystem,
    String name,
    List<Range> ranges,
    List<String> versions) {

  /**
   * From a version, with it, to another.
   *
   * @param introduced the first, or 0
   * @param fixed the first that is good again, or empty
   * @param lastAffected the last that is not, or empty
   */
  record Range(String introduced, String fixed, String lastAffected) {
    boolean contains(ComparableVersion version) {
      return (introduced.equals("0") || version.compareTo(of(introduced)) >= 0)
          && (fixed.isEmpty() || version.compareTo(of(fixed)) < 0)
          && (lastAffected.isEmpty() || version.compareTo(of(lastAffected)) <= 0);
    }

    private static ComparableVersion of(String version) {
      return new ComparableVersion(version);
    }

    @Override
    public String toString() {
      String end = fixed.isEmpty() ? "" : " < " + fixed;
      return ">= " + introduced + end + (lastAffected.isEmpty() ? "" : " <= " + lastAffected);
    }
  }

  /** Of each package that a file of the database names; of none if it was withdrawn. */
  static List<Advisory> of(Map<String, Object> file) {
    List<Advisory> advisories = new ArrayList<>();
    if (file.containsKey("withdrawn")) {
      return advisories;
    }
    for (Map<String, Object> affected : maps(file.get("affected"))) {
      Map<?, ?> named = (Map<?, ?>) affected.getOrDefault("package", Map.of());
      if (named.get("name") instanceof String name
          && named.get("ecosystem") instanceof String ecosystem) {
        advisories.add(
            new Advisory(
                String.valueOf(file.get("id")),
                texts(file.get("aliases")),
                String.valueOf(file.getOrDefault("summary", "")),
                ecosystem,
                name,
                maps(affected.get("ranges")).stream()
                    .flatMap(each -> ranges(each).stream())
                    .toList(),
                texts(affected.get("versions"))));
      }
    }
    return advisories;
  }

  boolean isAbout(String version) {
    ComparableVersion comparable = new ComparableVersion(version);
    return versions.contains(version)
        || ranges.stream().anyMatch(each -> each.contains(comparable));
  }

  /** Events are in their order: each that introduces begins a range. */
  private static List<Range> ranges(Map<String, Object> range) {
    List<Range> ranges = new ArrayList<>();
    if ("GIT".equals(range.get("type"))) {
      return ranges; // commits, not versions
    }
    for (Map<String, Object> event : maps(range.get("events"))) {
      if (event.get("introduced") instanceof String introduced) {
        ranges.add(new Range(introduced, "", ""));
      } else if (!ranges.isEmpty()) {
        String introduced = ranges.remove(ranges.size() - 1).introduced();
        ranges.add(
            new Range(
                introduced,
                String.valueOf(event.getOrDefault("fixed", "")),
                String.valueOf(event.getOrDefault("last_affected", ""))));
      }
    }
    return ranges;
  }

  @SuppressWarnings("unchecked") // of JSON
  private static List<Map<String, Object>> maps(Object value) {
    return value instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
  }

  private static List<String> texts(Object value) {
    return value instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
  }
}
