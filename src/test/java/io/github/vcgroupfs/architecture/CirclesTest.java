package io.github.vcgroupfs.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * How many classes of a package can only be understood together. The numbers may fall and must not
 * rise: who needs a larger circle looks for an arrow to turn around first, with an interface, say.
 */
class CirclesTest {
  /** Classes in the largest circle of a package. A package without a row has no circle. */
  private static final Map<String, Integer> MOST =
      Map.ofEntries(
          Map.entry("memcg.counter", 4),
          Map.entry("cgroup", 2),
          Map.entry("memcg", 5),
          Map.entry("sock", 5),
          Map.entry(
              "traffic.tcp", 15), // an end, its halves and its timers call each other, as in TCP
          Map.entry("traffic.netty", 3),
          Map.entry("traffic", 12), // a connection, its sessions and the programs at both ends
          Map.entry("junit", 10), // an annotation names its extension, which reads annotations
          Map.entry("nio", 5), // a file system, its provider and its builder open each other
          Map.entry("fixture", 2));

  @Test
  void noCircleOfClassesGrows() {
    Map<String, Map<String, Set<String>>> packages = new TreeMap<>();
    for (JavaClass each : ImportedClasses.MAIN) {
      Map<String, Set<String>> classes =
          packages.computeIfAbsent(each.getPackageName(), unknown -> new TreeMap<>());
      Set<String> uses = classes.computeIfAbsent(topLevel(each), unknown -> new TreeSet<>());
      each.getDirectDependenciesFromSelf().forEach(use -> uses.add(topLevel(use.getTargetClass())));
    }
    Map<String, Set<String>> largest = new TreeMap<>();
    packages.forEach((name, classes) -> largest.put(name, Circles.largest(classes)));
    Map<String, String> tooLarge = new TreeMap<>();
    Map<String, Integer> smaller = new TreeMap<>(MOST);
    largest.forEach(
        (name, circle) -> {
          String row = name.replace("io.github.vcgroupfs.", "");
          int most = MOST.getOrDefault(row, 1);
          if (circle.size() > most) {
            tooLarge.put(row, circle.size() + ": " + circle);
          }
          if (circle.size() == most) {
            smaller.remove(row);
          }
        });
    assertThat(tooLarge).as("packages whose largest circle has grown").isEmpty();
    assertThat(smaller).as("rows that can be lowered, so that no circle grows back").isEmpty();
  }

  /** The class itself, or that in which it stands: they share a file and are read together. */
  private static String topLevel(JavaClass type) {
    return type.getBaseComponentType().getName().replaceFirst("\\$.*", "");
  }

  @Test
  void findsTheCirclesOfAKnownGraph() {
    // 1 -> 2 -> 3 -> 1, entered again from 5; 4 <-> 5; 6 -> itself; 7 alone, and below all
    Map<String, Set<String>> uses =
        Map.of(
            "1", Set.of("2", "7"),
            "2", Set.of("3"),
            "3", Set.of("1", "7"),
            "4", Set.of("5", "3"),
            "5", Set.of("4", "2"),
            "6", Set.of("6", "4"),
            "7", Set.of("unknown"));
    assertThat(Circles.of(uses))
        .containsExactlyInAnyOrder(
            Set.of("1", "2", "3"), Set.of("4", "5"), Set.of("6"), Set.of("7"));
    assertThat(Circles.largest(uses)).containsExactlyInAnyOrder("1", "2", "3");
  }

  /** A chain becomes one circle by one arrow back, wherever the walk begins. */
  @Test
  void oneArrowBackClosesAChain() {
    Map<String, Set<String>> uses = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      uses.put("c" + i, Set.of("c" + (i + 1)));
    }
    assertThat(Circles.largest(uses)).hasSize(1);
    uses.put("c49", Set.of("c10"));
    assertThat(Circles.largest(uses)).hasSize(40).contains("c10", "c49").doesNotContain("c9");
  }

  /** Two circles that share a node are one. */
  @Test
  void circlesThatMeetAreOne() {
    Map<String, Set<String>> uses =
        Map.of("a", Set.of("b", "c"), "b", Set.of("a"), "c", Set.of("d"), "d", Set.of("a"));
    assertThat(Circles.of(uses)).isEqualTo(List.of(Set.of("a", "b", "c", "d")));
    assertThat(Circles.largest(Map.of())).isEmpty();
  }
}
