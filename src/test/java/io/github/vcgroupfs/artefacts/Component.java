package io.github.vcgroupfs.artefacts;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A library or a plugin, by its coordinates. Immutable.
 *
 * @param group such as {@code io.netty}; {@code npm} of a package of npm
 * @param artifact such as {@code netty-common}
 * @param version such as {@code 4.1.137.Final}
 */
record Component(String group, String artifact, String version) {
  private static final Pattern PURL =
      Pattern.compile("pkg:(?:maven/([^/]+)|(npm))/([^@]+)@([^?#]+).*");
  // a line of the Maven dependency plugin: group:artifact:type[:classifier]:version[:scope]
  private static final Pattern LINE =
      Pattern.compile(
          "(?:\\[INFO\\])?\\s*([\\w.-]+):([\\w.-]+):[\\w-]+(?::[\\w-]+)??:(\\d[\\w.-]*)"
              + "(?::(?:compile|runtime|provided|test|system))?(?:[\\s(].*)?");

  /** Of a list of materials (CycloneDX, JSON), or of a list that the dependency plugin wrote. */
  static List<Component> read(Path file) throws IOException {
    if (file.toString().endsWith(".json")) {
      return ofBom(JSON.std.mapFrom(Files.readString(file)));
    }
    List<Component> components = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        components.add(new Component(matcher.group(1), matcher.group(2), matcher.group(3)));
      }
    }
    return components;
  }

  private static List<Component> ofBom(Map<String, Object> bom) {
    List<Component> components = new ArrayList<>();
    for (Object each : (List<?>) bom.getOrDefault("components", List.of())) {
      if (((Map<?, ?>) each).get("purl") instanceof String purl) {
        Matcher matcher = PURL.matcher(purl);
        if (matcher.matches()) {
          String group = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
          components.add(
              new Component(decoded(group), decoded(matcher.group(3)), decoded(matcher.group(4))));
        }
      }
    }
    return components;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  String name() {
    return group + ":" + artifact;
  }

  /** Whether an advisory about a package is about it. A WebJar is a package of npm, too. */
  boolean is(String ecosystem, String packageName) {
    return switch (ecosystem) {
      case "Maven" -> packageName.equals(name());
      case "npm" ->
          (group.equals("npm") || group.equals("org.webjars.npm")) && packageName.equals(artifact);
      default -> false;
    };
  }

  @Override
  public String toString() {
    return name() + ":" + version;
  }
}
