package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a user's tests get with the library: little, and nothing native. */
final class ClassPathTest {
  private static final int MOST_JARS = 6;
  private static final long MOST_BYTES = 3_000_000;

  /** What every project has that is tested with JUnit 5 by Maven. */
  private static final Pattern OF_JUNIT =
      Pattern.compile("(junit-|opentest4j-|apiguardian-api-|surefire).*\\.jar");

  @Test
  void theLibraryBringsFewAndSmallJars() {
    List<String> jars = new ArrayList<>();
    long bytes = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(entry);
      if (file.isFile() && !OF_JUNIT.matcher(file.getName()).matches()) {
        jars.add(file.getName() + " " + file.length());
        bytes += file.length();
      }
    }
    System.out.println(jars.size() + " jars, " + bytes + " bytes: " + jars);
    assertTrue(jars.stream().anyMatch(jar -> jar.startsWith("vcgroupfs-")), jars.toString());
    assertTrue(jars.size() <= MOST_JARS, "more than " + MOST_JARS + " jars: " + jars);
    assertTrue(bytes <= MOST_BYTES, bytes + " bytes are more than " + MOST_BYTES + ": " + jars);
    assertEquals(List.of(), jars.stream().filter(jar -> jar.startsWith("jnr-")).toList());
  }
}
