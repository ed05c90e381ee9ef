package io.github.vcgroupfs.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets which hierarchy, for how long. */
class LifecycleTest {
  /** The file systems that the tests of a run saw, in their order, and whether all were open. */
  static final class Seen {
    private final List<FileSystem> all = Collections.synchronizedList(new ArrayList<>());

    void add(Path root) {
      assertThat(root.getFileSystem().isOpen()).isTrue();
      all.add(root.getFileSystem());
    }

    int distinct() {
      Set<FileSystem> set = Collections.newSetFromMap(new IdentityHashMap<>());
      set.addAll(all);
      return set.size();
    }

    void hasAndAllAreClosed(int times, int distinct) {
      assertThat(all).hasSize(times).noneMatch(FileSystem::isOpen);
      assertThat(distinct()).isEqualTo(distinct);
    }
  }

  @VirtualCgroup
  static class EverythingOfOneTest {
    static final Seen SEEN = new Seen();
    final Path atConstruction;

    EverythingOfOneTest(Path root) throws IOException {
      SEEN.add(root);
      atConstruction = root;
      Files.createDirectory(root.resolve("made-by-constructor"));
    }

    @BeforeEach
    void before(Path root) {
      SEEN.add(root);
    }

    @AfterEach
    void after(Path root) {
      SEEN.add(root);
    }

    @Test
    void one(Path root, Cgroups cgroups, VirtualCgroupFileSystem fileSystem) {
      check(root, cgroups, fileSystem);
    }

    @Test
    void two(VirtualCgroupFileSystem fileSystem, Cgroups cgroups, Path root) {
      check(root, cgroups, fileSystem);
    }

    private void check(Path root, Cgroups cgroups, VirtualCgroupFileSystem fileSystem) {
      SEEN.add(root);
      assertThat(root).isEqualTo(atConstruction).isEqualTo(fileSystem.root());
      assertThat(cgroups).isSameAs(fileSystem.cgroups());
      assertThat(root.resolve("made-by-constructor")).isDirectory();
    }
  }

  @Test
  void allOfOneTestGetTheSameHierarchyAndAnotherTestGetsAnother() {
    assertThat(Kit.outcomes(Kit.run(EverythingOfOneTest.class)))
        .containsExactly(
            "one(Path, Cgroups, VirtualCgroupFileSystem) SUCCESSFUL",
            "two(VirtualCgroupFileSystem, Cgroups, Path) SUCCESSFUL");
    EverythingOfOneTest.SEEN.hasAndAllAreClosed(8, 2);
  }

  static class OnMethodOnly {
    static final Seen SEEN = new Seen();

    OnMethodOnly() {}

    @Test
    @VirtualCgroup
    void withHierarchy(Path root) {
      SEEN.add(root);
    }

    @Test
    void without() {}
  }

  @Test
  void itMayStandOnAMethodAlone() {
    assertThat(Kit.outcomes(Kit.run(OnMethodOnly.class)))
        .containsExactly("withHierarchy(Path) SUCCESSFUL", "without() SUCCESSFUL");
    OnMethodOnly.SEEN.hasAndAllAreClosed(1, 1);
  }

  @VirtualCgroup
  static class Templates {
    static final Seen SEEN = new Seen();

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void parameterized(String name, Path root) throws IOException {
      SEEN.add(root);
      Files.createDirectory(root.resolve("same name"));
    }

    @RepeatedTest(2)
    void repeated(Path root) throws IOException {
      SEEN.add(root);
      Files.createDirectory(root.resolve("same name"));
    }
  }

  @Test
  void eachInvocationOfATemplateHasItsOwn() {
    assertThat(Kit.outcomes(Kit.run(Templates.class)))
        .hasSize(5)
        .allMatch(each -> each.endsWith(" SUCCESSFUL"));
    Templates.SEEN.hasAndAllAreClosed(5, 5);
  }

  @VirtualCgroup
  static class Factory {
    static final Seen SEEN = new Seen();

    @TestFactory
    Stream<DynamicTest> tests(Path root) {
      SEEN.add(root);
      return IntStream.range(0, 3)
          .mapToObj(
              i ->
                  DynamicTest.dynamicTest(
                      "test " + i,
                      () -> {
                        SEEN.add(root);
                        Files.createDirectory(root.resolve("group" + i));
                      }));
    }
  }

  @Test
  void theDynamicTestsOfAFactoryShareOne() {
    assertThat(Kit.outcomes(Kit.run(Factory.class)))
        .containsExactly("test 0 SUCCESSFUL", "test 1 SUCCESSFUL", "test 2 SUCCESSFUL");
    Factory.SEEN.hasAndAllAreClosed(4, 1);
  }

  @VirtualCgroup
  static class WithNested {
    static final Seen SEEN = new Seen();

    @BeforeEach
    void before(Path root) throws IOException {
      SEEN.add(root);
      Files.createDirectory(root.resolve("made-outside"));
    }

    @Nested
    class Inside {
      Inside(Path root) {
        SEEN.add(root);
      }

      @Test
      void test(Path root) {
        SEEN.add(root);
        assertThat(root.resolve("made-outside")).isDirectory();
      }
    }
  }

  @Test
  void nestedTestsHaveOneTooWithTheEnclosingLifeCycleMethods() {
    assertThat(Kit.outcomes(Kit.run(WithNested.class))).containsExactly("test(Path) SUCCESSFUL");
    WithNested.SEEN.hasAndAllAreClosed(3, 1);
  }

  @TestInstance(Lifecycle.PER_CLASS)
  @VirtualCgroup
  static class OneInstance {
    static final Seen SEEN = new Seen();

    @Test
    void one(Path root) {
      SEEN.add(root);
    }

    @Test
    void two(Path root) {
      SEEN.add(root);
    }
  }

  @Test
  void oneInstanceForAllTestsIsNoReasonToShare() {
    assertThat(Kit.outcomes(Kit.run(OneInstance.class)))
        .containsExactly("one(Path) SUCCESSFUL", "two(Path) SUCCESSFUL");
    OneInstance.SEEN.hasAndAllAreClosed(2, 2);
  }

  @VirtualCgroup(lifecycle = Lifecycle.PER_CLASS)
  static class Shared {
    static final Seen SEEN = new Seen();

    @BeforeAll
    static void beforeAll(Path root) throws IOException {
      SEEN.add(root);
      Files.createDirectory(root.resolve("made-for-all"));
    }

    @AfterAll
    static void afterAll(Path root) {
      SEEN.add(root);
    }

    @Test
    void one(Path root) {
      SEEN.add(root);
      assertThat(root.resolve("made-for-all")).isDirectory();
    }

    @Test
    @VirtualCgroup(seed = 3)
    void own(Path root) {
      assertThat(root.resolve("made-for-all")).doesNotExist();
    }

    @Nested
    class Inside {
      @Test
      void two(Path root) {
        SEEN.add(root);
        assertThat(root.resolve("made-for-all")).isDirectory();
      }
    }

    @Nested
    @VirtualCgroup(seed = 4)
    class WithItsOwn {
      @Test
      void three(Path root) {
        assertThat(root.resolve("made-for-all")).doesNotExist();
      }
    }
  }

  @Test
  void theTestsOfAClassMayShareOne() {
    assertThat(Kit.outcomes(Kit.run(Shared.class)))
        .containsExactly(
            "one(Path) SUCCESSFUL",
            "own(Path) SUCCESSFUL",
            "three(Path) SUCCESSFUL",
            "two(Path) SUCCESSFUL");
    Shared.SEEN.hasAndAllAreClosed(4, 1);
  }

  @TestInstance(Lifecycle.PER_CLASS)
  @VirtualCgroup(lifecycle = Lifecycle.PER_CLASS)
  static class SharedByOneInstance {
    static final Seen SEEN = new Seen();

    SharedByOneInstance(Path root) {
      SEEN.add(root);
    }

    @BeforeAll
    void beforeAll(Path root) {
      SEEN.add(root);
    }

    @Test
    void one(Path root) {
      SEEN.add(root);
    }
  }

  @Test
  void theConstructorOfOneInstanceGetsWhatIsShared() {
    assertThat(Kit.outcomes(Kit.run(SharedByOneInstance.class)))
        .containsExactly("one(Path) SUCCESSFUL");
    SharedByOneInstance.SEEN.hasAndAllAreClosed(3, 1);
  }

  // --- failures ----------------------------------------------------------------------------------

  @VirtualCgroup
  static class FailingConstructor {
    static final Seen SEEN = new Seen();

    FailingConstructor(Path root) {
      SEEN.add(root);
      throw new IllegalStateException("constructor");
    }

    @Test
    void test() {}
  }

  @VirtualCgroup
  static class FailingBeforeEach {
    static final Seen SEEN = new Seen();

    @BeforeEach
    void before(Path root) {
      SEEN.add(root);
      throw new IllegalStateException("before");
    }

    @Test
    void test() {}
  }

  @VirtualCgroup
  static class FailingTest {
    static final Seen SEEN = new Seen();

    @Test
    void test(Path root) {
      SEEN.add(root);
      throw new IllegalStateException("test");
    }
  }

  @VirtualCgroup(lifecycle = Lifecycle.PER_CLASS)
  static class FailingBeforeAll {
    static final Seen SEEN = new Seen();

    @BeforeAll
    static void before(Path root) {
      SEEN.add(root);
      throw new IllegalStateException("before all");
    }

    @Test
    void test() {}
  }

  @Test
  void itIsClosedWhenTheConstructorFails() {
    assertThat(Kit.failure(Kit.run(FailingConstructor.class))).hasMessage("constructor");
    FailingConstructor.SEEN.hasAndAllAreClosed(1, 1);
  }

  @Test
  void itIsClosedWhenBeforeEachFails() {
    assertThat(Kit.failure(Kit.run(FailingBeforeEach.class))).hasMessage("before");
    FailingBeforeEach.SEEN.hasAndAllAreClosed(1, 1);
  }

  @Test
  void itIsClosedWhenTheTestFails() {
    assertThat(Kit.failure(Kit.run(FailingTest.class))).hasMessage("test");
    FailingTest.SEEN.hasAndAllAreClosed(1, 1);
  }

  @Test
  void itIsClosedWhenBeforeAllFails() {
    assertThat(Kit.failure(Kit.run(FailingBeforeAll.class))).hasMessage("before all");
    FailingBeforeAll.SEEN.hasAndAllAreClosed(1, 1);
  }

  @VirtualCgroup
  static class AsksTooEarly {
    @BeforeAll
    static void beforeAll(Path root) {}

    @Test
    void test() {}
  }

  @Test
  void beforeAllIsToldHowToShare() {
    assertThat(Kit.failure(Kit.run(AsksTooEarly.class)))
        .hasMessageContaining("beforeAll(java.nio.file.Path) asks for a Path, but each test has")
        .hasMessageEndingWith(
            "ask in @BeforeEach or in the test, or add lifecycle = PER_CLASS to @VirtualCgroup on class "
                + AsksTooEarly.class.getName());
  }
}
