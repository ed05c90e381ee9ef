package io.github.vcgroupfs.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every method that there is gets called, or is left out for a reason. */
class CatalogueTest {
  private static final List<String> FILES = List.of("tasks", "memory.limit_in_bytes");
  private static final Set<Method> CALLED =
      LongStream.range(0, 400)
          .mapToObj(seed -> Script.ofSeed(seed, 25, FILES))
          .flatMap(script -> script.steps().stream())
          .map(Step::method)
          .collect(Collectors.toSet());

  @Test
  void everyStaticMethodOfFilesThatTakesAPathIsCalled() {
    List<Method> missing =
        Arrays.stream(Files.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(Catalogue::takesPath)
            .filter(method -> Catalogue.whyLeftOut(method).isEmpty())
            .filter(method -> !CALLED.contains(method))
            .toList();
    assertThat(missing).isEmpty();
    assertThat(Catalogue.files()).hasSizeGreaterThan(60);
  }

  @Test
  void everyOtherMethodThatIsKnownIsCalled() {
    Stream<Supplier<List<Method>>> others =
        Stream.of(Catalogue::opens, Catalogue::more, Catalogue::paths, Catalogue::fileSystems);
    List<Method> known =
        Stream.concat(others.map(Supplier::get), World.KEPT.stream().map(Catalogue::ofKept))
            .flatMap(List::stream)
            .toList();
    assertThat(CALLED).containsAll(known);
    assertThat(known).hasSizeGreaterThan(100);
  }

  @Test
  void whatIsLeftOutExists() {
    Set<String> there = new HashSet<>();
    Stream.of(
            Files.class,
            java.nio.file.Path.class,
            java.nio.file.FileSystem.class,
            java.io.InputStream.class,
            java.io.BufferedReader.class,
            java.io.Writer.class,
            Iterable.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .flatMap(method -> Catalogue.namesOf(method).stream())
        .forEach(there::add);
    assertThat(there).containsAll(Catalogue.LEFT_OUT.keySet());
  }

  @Test
  void theSameSeedIsTheSameScript() {
    assertThat(Script.ofSeed(7, 200, FILES).toString())
        .isEqualTo(Script.ofSeed(7, 200, FILES).toString())
        .isNotEqualTo(Script.ofSeed(8, 200, FILES).toString());
  }

  /** Whoever writes there moves a process: that must be one of ours, whatever the script says. */
  @Test
  void intoListsOfProcessesGoesOnlyWhatMovesNobodyElse() {
    for (long seed = 0; seed < 2000; seed++) {
      Texts texts = new Texts(new Chance(seed));
      Arg bytes =
          texts.bytes(each -> new String(each, java.nio.charset.StandardCharsets.ISO_8859_1));
      String text =
          (String) bytes.maker().in(World.withPids("4000001", "4000002"), FileKind.PROCESSES);
      assertThat(text).matches("(?s)[ \\tx+]*(400000[12])?[ \\nx\\x00]*|-1|99999999|4294967296");
    }
  }
}
