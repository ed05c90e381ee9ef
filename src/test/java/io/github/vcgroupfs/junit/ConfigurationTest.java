package io.github.vcgroupfs.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What each attribute does in the JVM, and what is said of one that is wrong. */
class ConfigurationTest {
  /** Each test asks what its attributes have done. */
  @VirtualCgroup(profile = "linux-6.1")
  static class Attributes {
    @Test
    void usual(Path root, VirtualCgroupFileSystem fileSystem) {
      assertThat(root).hasToString("/sys/fs/cgroup/memory");
      assertThat(root.resolve("sim.why")).exists();
      assertThat(root.resolve("memory.kmem.limit_in_bytes")).exists();
      assertThat(fileSystem.isOpen()).isTrue();
    }

    @Test
    @VirtualCgroup(profile = "linux-3.3")
    void profile(Path root) {
      assertThat(root.resolve("memory.kmem.limit_in_bytes")).doesNotExist();
    }

    @Test
    @VirtualCgroup(controllers = "memory,pids")
    void controllers(Path root, Cgroups cgroups) {
      assertThat(root).hasToString("/sys/fs/cgroup");
      assertThat(cgroups.hierarchies()).isEqualTo(List.of("memory", "pids"));
    }

    @Test
    @VirtualCgroup(strict = true)
    void strict(Path root) {
      assertThat(root.resolve("sim.why")).doesNotExist();
    }

    @Test
    @VirtualCgroup(preset = "odd-numbers", inherit = false)
    void preset(Cgroups cgroups) {
      assertThat(cgroups.list()).hasSizeGreaterThan(1);
    }

    @Test
    @VirtualCgroup(fixture = "classpath:io/github/vcgroupfs/junit/two-groups.yaml", inherit = false)
    void fixtureOnTheClassPath(Path root) throws IOException {
      checkFixture(root);
    }

    @Test
    @VirtualCgroup(
        fixture = "src/test/resources/io/github/vcgroupfs/junit/two-groups.yaml",
        inherit = false)
    void fixtureInAFile(Path root) throws IOException {
      checkFixture(root);
    }

    private static void checkFixture(Path root) throws IOException {
      assertThat(Files.readString(root.resolve("web/memory.limit_in_bytes")))
          .isEqualTo("67108864\n");
      assertThat(root.resolve("web/front")).isDirectory();
    }

    @Test
    @VirtualCgroup(at = "/my/place")
    void at(Path root) {
      assertThat(root).hasToString("/my/place");
    }

    @Test
    @VirtualCgroup(virtualTime = false)
    void clock(Cgroups cgroups) throws InterruptedException {
      Duration before = cgroups.now();
      cgroups.await(() -> cgroups.now().compareTo(before) > 0, Duration.ofSeconds(20));
    }

    @Test
    void virtualTime(Cgroups cgroups) {
      Duration before = cgroups.now();
      cgroups.advance(Duration.ofSeconds(3));
      assertThat(cgroups.now()).isEqualTo(before.plusSeconds(3));
    }

    @Test
    @VirtualCgroup(seed = 5)
    void seedFive(Path root, Cgroups cgroups) throws IOException {
      STRUCK.put("five", struck(root, cgroups));
    }

    @Test
    @VirtualCgroup(seed = 5)
    void seedFiveAgain(Path root, Cgroups cgroups) throws IOException {
      STRUCK.put("five again", struck(root, cgroups));
    }

    @Test
    @VirtualCgroup(seed = 6)
    void seedSix(Path root, Cgroups cgroups) throws IOException {
      STRUCK.put("six", struck(root, cgroups));
    }

    private static String struck(Path root, Cgroups cgroups) throws IOException {
      cgroups.fault("read memory.stat error=ENODEV probability=0.5");
      StringBuilder dice = new StringBuilder();
      for (int i = 0; i < 64; i++) {
        try {
          Files.readString(root.resolve("memory.stat"));
          dice.append('.');
        } catch (IOException e) {
          dice.append('x');
        }
      }
      return dice.toString();
    }
  }

  private static final Map<String, String> STRUCK = new HashMap<>();

  @Test
  void eachAttributeDoesWhatItSays() {
    assertThat(Kit.failures(Kit.run(Attributes.class))).isEmpty();
    assertThat(STRUCK.get("five")).contains("x", ".").isEqualTo(STRUCK.get("five again"));
    assertThat(STRUCK.get("six")).isNotEqualTo(STRUCK.get("five"));
  }

  /** Each test has a value that there is not. */
  static class Wrong {
    @Test
    @VirtualCgroup(profile = "linux-7.0")
    void profile() {}

    @Test
    @VirtualCgroup(profile = "linux-7.0", mode = Mode.MOUNT)
    void profileOfAMount() {}

    @Test
    @VirtualCgroup(profile = "linux-6.1", preset = "kmem-peak")
    void preset() {}

    @Test
    @VirtualCgroup(controllers = "memory,cores", profile = "linux-6.1")
    void controllers() {}

    @Test
    @VirtualCgroup(controllers = "pids", profile = "linux-3.3")
    void together() {}

    @Test
    @VirtualCgroup(fixture = "classpath:nowhere.yaml")
    void fixtureOnTheClassPath() {}

    @Test
    @VirtualCgroup(fixture = "no/such.yaml")
    void fixtureInAFile() {}

    @Test
    @VirtualCgroup(at = "relative")
    void at() {}
  }

  @Test
  void aValueThatIsWrongIsNamedWithItsPlaceAndWhatWouldWork() {
    List<Throwable> failures = Kit.failures(Kit.run(Wrong.class));
    assertThat(failures).hasOnlyElementsOfType(ExtensionConfigurationException.class);
    String place = " on method " + Wrong.class.getName() + ".";
    Map<String, String> sentences =
        failures.stream()
            .map(Throwable::getMessage)
            .collect(
                Collectors.toMap(
                    said ->
                        said.substring(said.lastIndexOf(place) + place.length())
                            .replaceFirst("\\W(?s:.*)", ""),
                    said -> said.replace(place, " on ")));
    assertThat(sentences.keySet())
        .containsExactlyInAnyOrder(
            "profile",
            "profileOfAMount",
            "preset",
            "controllers",
            "together",
            "fixtureOnTheClassPath",
            "fixtureInAFile",
            "at");
    assertThat(sentences.get("profile"))
        .startsWith("@VirtualCgroup(profile = \"linux-7.0\") on profile: ")
        .contains("linux-6.18");
    assertThat(sentences.get("profileOfAMount"))
        .startsWith("@VirtualCgroup(profile = \"linux-7.0\") on profileOfAMount: ")
        .contains("linux-6.18");
    assertThat(sentences.get("preset"))
        .startsWith("@VirtualCgroup(preset = \"kmem-peak\") on preset: ")
        .contains("kmem-leak");
    assertThat(sentences.get("controllers"))
        .startsWith("@VirtualCgroup(controllers = \"memory,cores\") on controllers: ")
        .contains("\"cores\"", "cpuset");
    assertThat(sentences.get("together"))
        .startsWith(
            "@VirtualCgroup(profile = \"linux-3.3\") on together with "
                + "@VirtualCgroup(controllers = \"pids\") on together: ");
    assertThat(sentences.get("fixtureOnTheClassPath"))
        .isEqualTo(
            "@VirtualCgroup(fixture = \"classpath:nowhere.yaml\") on fixtureOnTheClassPath: the "
                + "class path of the test has no nowhere.yaml: put it into src/test/resources, "
                + "or name a file");
    assertThat(sentences.get("fixtureInAFile"))
        .startsWith(
            "@VirtualCgroup(fixture = \"no/such.yaml\") on fixtureInAFile: there is no file /")
        .endsWith("no/such.yaml: name one relative to the working directory, or classpath:NAME");
    assertThat(sentences.get("at")).startsWith("@VirtualCgroup(at = \"relative\") on at: ");
  }
}
