package io.github.vcgroupfs.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parameters are ours, beside those of others. */
class ParametersTest {
  /** Says where a path comes from. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Home {}

  /** Says nothing of where it comes from. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface NotNull {}

  static final class HomeResolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.isAnnotated(Home.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Path.of("/home");
    }
  }

  @VirtualCgroup
  @ExtendWith(HomeResolver.class)
  static class BesideOthers {
    @Test
    void test(
        @TempDir Path folder,
        Path root,
        TestInfo info,
        @Home Path home,
        Cgroups cgroups,
        TestReporter reporter,
        @NotNull Path again) {
      assertThat(folder.getFileSystem()).isSameAs(FileSystems.getDefault());
      assertThat(home).isEqualTo(Path.of("/home"));
      assertThat(root).isEqualTo(again);
      assertThat(root.getFileSystem()).isInstanceOf(VirtualCgroupFileSystem.class);
      assertThat(info.getDisplayName()).startsWith("test");
      assertThat(cgroups).isNotNull();
      assertThat(reporter).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = "/tmp/a")
    void argument(Path given, Path root) {
      assertThat(given).isEqualTo(Path.of("/tmp/a"));
      assertThat(root.getFileSystem()).isInstanceOf(VirtualCgroupFileSystem.class);
    }

    @ParameterizedTest
    @CsvSource("name, /tmp/b")
    void secondArgument(String name, Path given, Cgroups cgroups, Path root) {
      assertThat(given).isEqualTo(Path.of("/tmp/b"));
      assertThat(cgroups).isNotNull();
      assertThat(root.getFileSystem()).isInstanceOf(VirtualCgroupFileSystem.class);
    }

    @RepeatedTest(1)
    void repetition(RepetitionInfo info, Path root) {
      assertThat(Files.isDirectory(root)).isTrue();
    }
  }

  @Test
  void eachResolverGetsWhatIsItsOwn() {
    assertThat(Kit.outcomes(Kit.run(BesideOthers.class)))
        .hasSize(4)
        .allMatch(each -> each.endsWith(" SUCCESSFUL"));
  }

  @VirtualCgroup
  @ParameterizedClass
  @ValueSource(strings = {"/tmp/c", "/tmp/d"})
  static class Parameterized {
    Parameterized(Path given, Path root) {
      assertThat(given.getParent()).isEqualTo(Path.of("/tmp"));
      assertThat(root.getFileSystem()).isInstanceOf(VirtualCgroupFileSystem.class);
    }

    @Test
    void test(Path root) {
      assertThat(root.getFileSystem()).isInstanceOf(VirtualCgroupFileSystem.class);
    }
  }

  @Test
  void argumentsOfAClassAreNotOurs() {
    assertThat(Kit.outcomes(Kit.run(Parameterized.class)))
        .containsExactly("test(Path) SUCCESSFUL", "test(Path) SUCCESSFUL");
  }

  static class NotAnnotated {
    @Test
    void test(Path root) {}
  }

  @Test
  void withoutTheAnnotationThereIsNothing() {
    assertThat(Kit.failure(Kit.run(NotAnnotated.class)))
        .hasMessageContaining("No ParameterResolver registered for parameter");
  }
}
