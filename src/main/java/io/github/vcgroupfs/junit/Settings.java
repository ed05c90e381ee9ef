package io.github.vcgroupfs.junit;

import io.github.vcgroupfs.junit.Annotations.Found;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What the annotations that count for a test say together. Immutable.
 *
 * @param found those annotations, the nearest first
 * @param owner what has the nearest annotation, be it its own or handed down: the method or the
 *     class
 */
record Settings(List<Found> found, AnnotatedElement owner) {
  private static final String MODE = "mode";
  private static final String LIFECYCLE = "lifecycle";

  /** Refuses what contradicts itself. JUnit asks for settings earlier than it can show that. */
  void validate() {
    for (Found each : found) {
      VirtualCgroup annotation = each.annotation();
      if (!annotation.preset().isEmpty() && !annotation.fixture().isEmpty()) {
        throw new Attribute<>("preset", annotation.preset(), each.place())
            .wrong(
                "it has fixture = \"%s\", too: a hierarchy begins with one of them"
                    .formatted(annotation.fixture()));
      }
      atMostOne(each, "strict", annotation.strict().length);
      atMostOne(each, MODE, annotation.mode().length);
      atMostOne(each, "seed", annotation.seed().length);
      atMostOne(each, "virtualTime", annotation.virtualTime().length);
      atMostOne(each, LIFECYCLE, annotation.lifecycle().length);
      if (each.onMethod() && annotation.lifecycle().length > 0) {
        throw new Attribute<>(LIFECYCLE, annotation.lifecycle()[0], each.place())
            .wrong("the hierarchy of a method is that of one test: put the attribute on the class");
      }
    }
  }

  private static void atMostOne(Found found, String attribute, int values) {
    if (values > 1) {
      throw new ExtensionConfigurationException(
          "@VirtualCgroup on %s: %s has %d values: give it one"
              .formatted(found.place(), attribute, values));
    }
  }

  /**
   * Those for a test, or for a class; empty if no annotation counts.
   *
   * @param elements the test method if there is one, its class, and the classes around that
   */
  static Optional<Settings> of(List<? extends AnnotatedElement> elements) {
    Annotations annotations = new Annotations();
    AnnotatedElement owner = null;
    for (AnnotatedElement each : elements) {
      if (annotations.add(each) && owner == null) {
        owner = each;
      }
    }
    return owner == null
        ? Optional.empty()
        : Optional.of(new Settings(List.copyOf(annotations.found()), owner));
  }

  /** Whether all tests of the owner share one hierarchy. */
  boolean isShared() {
    return !(owner instanceof Method)
        && lifecycle().map(Attribute::value).orElse(Lifecycle.PER_METHOD) == Lifecycle.PER_CLASS;
  }

  /** Whether it is a mount. */
  boolean isMount() {
    return mode().map(Attribute::value).orElse(Mode.IN_JVM) == Mode.MOUNT;
  }

  Optional<Attribute<String>> profile() {
    return text("profile", VirtualCgroup::profile);
  }

  Optional<Attribute<String>> controllers() {
    return text("controllers", VirtualCgroup::controllers);
  }

  /** Empty if a nearer annotation names a fixture. */
  Optional<Attribute<String>> preset() {
    return beginning().flatMap(each -> text(each, "preset", VirtualCgroup::preset));
  }

  /** Empty if a nearer annotation names a preset. */
  Optional<Attribute<String>> fixture() {
    return beginning().flatMap(each -> text(each, "fixture", VirtualCgroup::fixture));
  }

  Optional<Attribute<String>> at() {
    return text("at", VirtualCgroup::at);
  }

  Optional<Attribute<Boolean>> strict() {
    return first("strict", annotation -> only(annotation.strict()));
  }

  /** Where it is. */
  Optional<Attribute<Mode>> mode() {
    return first(MODE, annotation -> only(annotation.mode()));
  }

  Optional<Attribute<Long>> seed() {
    return first("seed", annotation -> only(annotation.seed()));
  }

  Optional<Attribute<Boolean>> virtualTime() {
    return first("virtualTime", annotation -> only(annotation.virtualTime()));
  }

  Optional<Attribute<Lifecycle>> lifecycle() {
    return first(LIFECYCLE, annotation -> only(annotation.lifecycle()));
  }

  /** The element that the nearest annotation stands on, for messages. */
  String place() {
    return found.get(0).place();
  }

  private Optional<Found> beginning() {
    return found.stream()
        .filter(
            each -> !each.annotation().preset().isEmpty() || !each.annotation().fixture().isEmpty())
        .findFirst();
  }

  private Optional<Attribute<String>> text(String name, Function<VirtualCgroup, String> attribute) {
    return first(name, annotation -> only(attribute.apply(annotation)));
  }

  private static Optional<Attribute<String>> text(
      Found found, String name, Function<VirtualCgroup, String> attribute) {
    return Optional.ofNullable(only(attribute.apply(found.annotation())))
        .map(value -> new Attribute<>(name, value, found.place()));
  }

  private <T> Optional<Attribute<T>> first(
      String name, Function<VirtualCgroup, @Nullable T> attribute) {
    for (Found each : found) {
      T value = attribute.apply(each.annotation());
      if (value != null) {
        return Optional.of(new Attribute<>(name, value, each.place()));
      }
    }
    return Optional.empty();
  }

  private static @Nullable String only(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Mode only(Mode[] modes) {
    return modes.length == 0 ? null : modes[0];
  }

  private static @Nullable Lifecycle only(Lifecycle[] lifecycles) {
    return lifecycles.length == 0 ? null : lifecycles[0];
  }

  private static @Nullable Boolean only(boolean[] flags) {
    return flags.length == 0 ? null : Boolean.valueOf(flags[0]);
  }

  private static @Nullable Long only(long[] numbers) {
    return numbers.length == 0 ? null : Long.valueOf(numbers[0]);
  }
}
