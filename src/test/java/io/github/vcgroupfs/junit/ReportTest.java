package io.github.vcgroupfs.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.nio.Cgroups;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What a failed test says of its hierarchy. */
class ReportTest {
  private static final String LIMIT = "memory.limit_in_bytes";

  /** Makes a group, and has a write refused. */
  private static void work(Path root) throws IOException {
    Files.createDirectory(root.resolve("web"));
    try {
      Files.writeString(root.resolve("web").resolve(LIMIT), "lots");
      fail("it is not refused");
    } catch (IOException expected) {
      assertThat(expected).hasMessageContaining("Invalid argument");
    }
  }

  private static void hasReport(Throwable failure) {
    assertThat(failure.getSuppressed()).hasSize(1);
    WhatHappened report = (WhatHappened) failure.getSuppressed()[0];
    assertThat(report).hasNoCause();
    assertThat(report.getStackTrace()).isEmpty();
    assertThat(report.getMessage())
        .startsWith("in the hierarchy of this test\n  refused (sim.why):\n    ")
        .containsSubsequence(
            "refused (sim.why):",
            "\"lots\" -> EINVAL: ",
            "changed (sim.journal):",
            "mkdir /web",
            "\"lots\" -> EINVAL: ");
  }

  @VirtualCgroup
  static class Fails {
    @Test
    void test(Path root) throws IOException {
      work(root);
      assertEquals("64M", "lots", "the limit");
    }
  }

  @Test
  void theFailureKeepsItsClassAndMessageAndTellsWhatHappenedAtTheEnd() {
    Throwable failure = Kit.failure(Kit.run(Fails.class));
    assertThat(failure)
        .isInstanceOf(AssertionFailedError.class)
        .hasMessage("the limit ==> expected: <64M> but was: <lots>");
    AssertionFailedError error = (AssertionFailedError) failure;
    assertThat(error.getExpected().getValue()).isEqualTo("64M");
    assertThat(error.getActual().getValue()).isEqualTo("lots");
    hasReport(failure);

    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    List<String> lines = trace.toString().strip().lines().toList();
    assertThat(lines.get(lines.size() - 1)).contains("\"lots\" -> EINVAL: ");
  }

  @VirtualCgroup
  static class FailsBefore {
    @BeforeEach
    void before(Path root) throws IOException {
      work(root);
      throw new IllegalStateException("before");
    }

    @Test
    void test() {}
  }

  @VirtualCgroup
  static class FailsAfter {
    @AfterEach
    void after(Path root) throws IOException {
      work(root);
      throw new IllegalStateException("after");
    }

    @Test
    void test() {}
  }

  @VirtualCgroup
  static class FailsInConstructor {
    FailsInConstructor(Path root) throws IOException {
      work(root);
      throw new IllegalStateException("constructor");
    }

    @Test
    void test() {}
  }

  @VirtualCgroup(lifecycle = Lifecycle.PER_CLASS)
  static class FailsBeforeAll {
    @BeforeAll
    static void beforeAll(Path root) throws IOException {
      work(root);
      throw new IllegalStateException("before all");
    }

    @Test
    void test() {}
  }

  @VirtualCgroup
  static class FailsInTemplate {
    @ParameterizedTest
    @ValueSource(ints = 1)
    void test(int number, Path root) throws IOException {
      work(root);
      throw new IllegalStateException("template " + number);
    }
  }

  @VirtualCgroup
  static class FailsInDynamicTest {
    @TestFactory
    Stream<DynamicTest> tests(Path root) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "one",
              () -> {
                work(root);
                throw new IllegalStateException("dynamic");
              }));
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        FailsBefore.class,
        FailsAfter.class,
        FailsInConstructor.class,
        FailsBeforeAll.class,
        FailsInTemplate.class,
        FailsInDynamicTest.class
      })
  void soDoFailuresElsewhere(Class<?> testClass) {
    Throwable failure = Kit.failure(Kit.run(testClass));
    assertThat(failure).isInstanceOf(IllegalStateException.class);
    hasReport(failure);
  }

  @VirtualCgroup
  static class FailsInBoth {
    @Test
    void test(Path root) throws IOException {
      work(root);
      throw new IllegalStateException("test");
    }

    @AfterEach
    void after() {
      throw new IllegalStateException("after");
    }
  }

  @Test
  void aFailureBesideAnotherTellsItToo() {
    Throwable failure = Kit.failure(Kit.run(FailsInBoth.class));
    assertThat(failure).hasMessage("test");
    assertThat(failure.getSuppressed())
        .hasSize(2)
        .satisfiesExactlyInAnyOrder(
            each -> assertThat(each).isInstanceOf(WhatHappened.class),
            each -> assertThat(each).hasMessage("after"));
  }

  @VirtualCgroup
  static class Aborts {
    @Test
    void test(Path root) throws IOException {
      work(root);
      assumeTrue(false, "not here");
    }
  }

  @Test
  void anAssumptionIsLeftAlone() {
    Throwable failure = Kit.failure(Kit.run(Aborts.class));
    assertThat(failure).isInstanceOf(TestAbortedException.class).hasNoSuppressedExceptions();
  }

  @VirtualCgroup(strict = true)
  static class FailsStrict {
    @Test
    void test(Path root) throws IOException {
      work(root);
      throw new IllegalStateException("strict");
    }
  }

  @Test
  void aStrictHierarchyTellsItAsWell() {
    hasReport(Kit.failure(Kit.run(FailsStrict.class)));
  }

  @VirtualCgroup
  static class FailsWithoutACall {
    @Test
    void test(Cgroups cgroups) {
      throw new IllegalStateException("nothing was done with " + cgroups.hierarchies());
    }
  }

  @Test
  void nothingIsSaidToBeNothing() {
    Throwable failure = Kit.failure(Kit.run(FailsWithoutACall.class));
    assertThat(failure.getSuppressed()[0])
        .hasMessage("in the hierarchy of this test\n  nothing was refused\n  nothing was changed");
  }

  @VirtualCgroup
  static class FailsAfterMany {
    @Test
    void test(Path root) throws IOException {
      for (int i = 0; i < 30; i++) {
        Files.createDirectory(root.resolve("g" + i));
      }
      throw new IllegalStateException("many");
    }
  }

  @Test
  void onlyTheLastLinesAreShown() {
    String message = Kit.failure(Kit.run(FailsAfterMany.class)).getSuppressed()[0].getMessage();
    assertThat(message)
        .contains("changed (sim.journal), the last 12 of 30:")
        .contains("mkdir /g18", "mkdir /g29")
        .doesNotContain("mkdir /g17");
  }
}
