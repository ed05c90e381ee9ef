package io.github.vcgroupfs.artefacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.Program;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Decision 5: what is in the flat jar is used, and what is used is in it, as far as class files
 * say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlatJarIT {
  private static final String OURS = "io/github/vcgroupfs/";
  private static final String CLASS = ".class";

  /** A ratchet: whoever makes it larger says why in decision 5. */
  private static final long MOST_BYTES = 6_500_000;

  /** Is there although no class of ours leads to it, by the beginnings of names. */
  private static final Map<String, String> UNREACHED =
      Map.of(
          "org/slf4j/jul/", "a service of SLF4J",
          "com/kenai/jffi/", "small, and its native part may ask for it",
          "jnr/ffi/", "some 30 small classes that plain patterns do not tell from others");

  /** Looked up in the class path of a user, who has JUnit. */
  private static final Set<String> OF_USERS =
      Set.of(
          "org/junit/jupiter/params/ParameterizedClass",
          "org/junit/jupiter/params/ParameterizedTest");

  /** Who looks classes up, and which: whoever is new here may put together a name of its own. */
  private static final Map<String, String> LOOKS_UP =
      Map.ofEntries(
          Map.entry(
              "com/fasterxml/jackson/core/util/VersionUtil", "PackageVersion, which is there"),
          Map.entry("com/fasterxml/jackson/jr/ob/impl/RecordsHelpers", "of the JDK"),
          Map.entry(
              "com/fasterxml/jackson/jr/ob/impl/SimpleValueReader", "what is bound: nothing is"),
          Map.entry("com/kenai/jffi/Foreign", "its own, all of which are there"),
          Map.entry("com/kenai/jffi/Init", "its own"),
          Map.entry("com/kenai/jffi/InvokeDynamicSupport", "of the JDK"),
          Map.entry("com/kenai/jffi/MemoryIO", "its own, and of the JDK"),
          Map.entry("com/kenai/jffi/UnsafeMemoryIO", "of the JDK"),
          Map.entry("com/kenai/jffi/internal/Cleaner", "of the JDK"),
          Map.entry("com/kenai/jffi/internal/StubLoader", "its own"),
          Map.entry("io/netty/channel/DefaultChannelId", "of the JDK"),
          Map.entry("io/netty/channel/nio/NioEventLoop", "of the JDK"),
          Map.entry("io/netty/util/ResourceLeakDetectorFactory", "what a property names"),
          Map.entry("io/netty/util/internal/PlatformDependent", "of the JDK"),
          Map.entry("io/netty/util/internal/PlatformDependent0", "of the JDK"),
          Map.entry("io/prometheus/metrics/expositionformats/PrometheusProtobufWriter", "left out"),
          Map.entry("jnr/ffi/Platform", "its libraries, which are not asked for"),
          Map.entry("org/jline/terminal/TerminalBuilder", "terminals that are not used"),
          Map.entry("org/jline/terminal/spi/TerminalProvider", "terminals that are not used"),
          Map.entry("org/jline/utils/Signals", "of the JDK"),
          Map.entry("org/slf4j/LoggerFactory", "what a property names"),
          Map.entry("picocli/CommandLine", "of the JDK, of Jansi, of commands"));

  private final Map<String, ClassNames> classes = new HashMap<>();

  @BeforeAll
  void read() throws IOException {
    try (JarFile jar = new JarFile(Program.JAR.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (entry.getName().endsWith(CLASS)) {
          try (InputStream in = jar.getInputStream(entry)) {
            classes.put(nameOf(entry.getName()), ClassNames.of(in.readAllBytes()));
          }
        }
      }
    }
    assertThat(classes).hasSizeGreaterThan(1_000);
  }

  @Test
  void everyClassIsReached() {
    Set<String> unreached = new TreeSet<>(classes.keySet());
    unreached.removeAll(reached());
    unreached.removeIf(name -> UNREACHED.keySet().stream().anyMatch(name::startsWith));
    assertThat(unreached).isEmpty();
  }

  @Test
  void everyExceptionIsNeeded() {
    Set<String> unreached = new TreeSet<>(classes.keySet());
    unreached.removeAll(reached());
    assertThat(UNREACHED.keySet())
        .allSatisfy(
            prefix ->
                assertThat(unreached).anySatisfy(name -> assertThat(name).startsWith(prefix)));
  }

  @Test
  void whatReflectionMayLookUpIsThere() throws IOException {
    Set<String> onClassPath = classesOnClassPath();
    Map<String, String> missing = new TreeMap<>();
    classes.forEach(
        (name, names) ->
            names.written().stream()
                .filter(written -> onClassPath.contains(written) && !classes.containsKey(written))
                .forEach(written -> missing.put(written, name)));
    assertThat(missing.keySet()).isEqualTo(OF_USERS);
  }

  @Test
  void whoLooksUpByNameIsKnown() {
    Set<String> lookingUp =
        classes.keySet().stream()
            .filter(name -> classes.get(name).looksUp() && !name.startsWith(OURS))
            .map(name -> name.replaceFirst("[$].*", "")) // a nested one stands for its file
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(lookingUp).isEqualTo(new TreeSet<>(LOOKS_UP.keySet()));
  }

  @Test
  void nativePartsAreForLinuxAlone() throws IOException {
    assertThat(namesStartingWith("jni/"))
        .contains("jni/x86_64-Linux/libjffi-1.2.so", "jni/aarch64-Linux/libjffi-1.2.so")
        .allMatch(name -> name.endsWith("-Linux/libjffi-1.2.so"));
  }

  @Test
  void noOtherReleaseOfJavaHasClassesOfItsOwn() throws IOException {
    assertThat(namesStartingWith("META-INF/versions/")).isEmpty();
  }

  @Test
  void itDoesNotGrowUnseen() throws IOException {
    assertThat(Files.size(Program.JAR)).isLessThanOrEqualTo(MOST_BYTES);
  }

  private Set<String> reached() {
    Deque<String> next = new ArrayDeque<>();
    classes.keySet().stream().filter(name -> name.startsWith(OURS)).forEach(next::add);
    Set<String> reached = new TreeSet<>(next);
    while (!next.isEmpty()) {
      for (String name : classes.get(next.remove()).linked()) {
        if (classes.containsKey(name) && reached.add(name)) {
          next.add(name);
        }
      }
    }
    return reached;
  }

  private static List<String> namesStartingWith(String start) throws IOException {
    try (JarFile jar = new JarFile(Program.JAR.toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .filter(name -> name.startsWith(start))
          .toList();
    }
  }

  /** Of all libraries, as the tests have them: whole. */
  private static Set<String> classesOnClassPath() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (element.endsWith(".jar") && Files.exists(Path.of(element))) {
        try (JarFile jar = new JarFile(element)) {
          names.addAll(
              jar.stream()
                  .map(JarEntry::getName)
                  .filter(name -> name.endsWith(CLASS))
                  .map(FlatJarIT::nameOf)
                  .collect(Collectors.toSet()));
        }
      }
    }
    return names;
  }

  private static String nameOf(String file) {
    return file.substring(0, file.length() - CLASS.length());
  }
}
