import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Completes the list of materials that Maven has made (CycloneDX, JSON): the licence that we chose where there is a choice, what
 * libraries have inside, and the Java of the archive. The same input makes the same bytes.
 *
 * <pre>java -cp vcgroupfs.jar src/dist/FinishBom.java BOM [RUNTIME-FOLDER] </pre>
 *
 * Exit status: 0 done, 1 a component is missing, which the lists below name.
 */
final class FinishBom {
  /** By group:artifact. jline's POM says "The BSD License" only, which Maven's plugin takes for another. */
  private static final Map<String, String> CHOSEN =
      Map.of(
          "com.github.jnr:jffi", "Apache-2.0",
          "com.github.jnr:jnr-posix", "EPL-2.0",
          "org.jline:jline-terminal", "BSD-3-Clause");

  /** Name, where it is inside, licence. */
  private static final List<List<String>> INSIDE =
      List.of(
          List.of("FastDoubleParser", "com.fasterxml.jackson.core:jackson-core", "MIT AND BSL-1.0 AND BSD-2-Clause"),
          List.of("Schubfach", "com.fasterxml.jackson.core:jackson-core", "MIT"),
          List.of("libffi", "com.github.jnr:jffi", "MIT"),
          List.of("JCTools", "io.netty:netty-common", "Apache-2.0"));

  private FinishBom() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Map<String, Object> bom = JSON.std.mapFrom(Files.readString(file));
    List<Object> components = new ArrayList<>((List<?>) bom.get("components"));
    CHOSEN.forEach((name, licence) -> find(components, name).forEach(each -> each.put("licenses", licences(licence))));
    for (List<String> inside : INSIDE) {
      Map<String, Object> outer = find(components, inside.get(1)).get(0);
      List<Object> inner = new ArrayList<>((List<?>) outer.getOrDefault("components", List.of()));
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("type", "library");
      part.put("name", inside.get(0));
      part.put("licenses", licences(inside.get(2)));
      inner.add(part);
      outer.put("components", inner);
    }
    components.add(uplot());
    if (args.length > 1) {
      components.add(java(Path.of(args[1])));
    }
    bom.put("components", components);
    Files.writeString(file, JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(bom) + "\n");
  }

  @SuppressWarnings("unchecked") // JSON
  private static List<Map<String, Object>> find(List<Object> components, String name) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (Object each : components) {
      Map<String, Object> component = (Map<String, Object>) each;
      if (name.equals(component.get("group") + ":" + component.get("name"))) {
        found.add(component);
      }
    }
    if (found.isEmpty()) {
      System.err.println("FinishBom: the list of materials has no " + name + ": is it used no longer?");
      System.exit(1);
    }
    return found;
  }

  private static List<Object> licences(String licence) {
    return licence.contains(" ")
        ? List.of(Map.of("expression", licence))
        : List.of(Map.of("license", Map.of("id", licence)));
  }

  /** Its files lie among our resources: Maven knows nothing of it. The version is in its first lines. */
  private static Map<String, Object> uplot() throws IOException {
    Path file = Path.of("src/main/resources/META-INF/resources/webjars/uplot/dist/uPlot.esm.js");
    Matcher header = Pattern.compile("leeoniya/uPlot \\(v([\\d.]+)\\)").matcher(Files.readString(file));
    if (!header.find()) {
      System.err.println("FinishBom: " + file + " does not say which version of uPlot it is");
      System.exit(1);
    }
    Map<String, Object> uplot = new LinkedHashMap<>();
    uplot.put("type", "library");
    uplot.put("name", "uplot");
    uplot.put("version", header.group(1));
    uplot.put("description", "a chart library: the charts of the page of serve");
    uplot.put("licenses", licences("MIT"));
    uplot.put("purl", "pkg:npm/uplot@" + header.group(1));
    return uplot;
  }

  /** What the file "release" of a Java says of itself. */
  private static Map<String, Object> java(Path folder) throws IOException {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(folder.resolve("release"))) {
      release.load(reader);
    }
    String version = value(release, "JAVA_RUNTIME_VERSION", value(release, "JAVA_VERSION", ""));
    Map<String, Object> java = new LinkedHashMap<>();
    java.put("type", "platform");
    java.put("publisher", value(release, "IMPLEMENTOR", "unknown"));
    java.put("name", "openjdk");
    java.put("version", version);
    java.put("description", "Java runtime of the modules " + value(release, "MODULES", ""));
    java.put("licenses", licences("GPL-2.0-only WITH Classpath-exception-2.0"));
    java.put("purl", "pkg:generic/openjdk@" + version.replace("+", "%2B"));
    return java;
  }

  private static String value(Properties release, String key, String absent) {
    return release.getProperty(key, absent).replace("\"", "");
  }
}
