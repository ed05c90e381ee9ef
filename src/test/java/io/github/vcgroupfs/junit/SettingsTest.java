package io.github.vcgroupfs.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Which attributes count for a test. */
class SettingsTest {
  @VirtualCgroup(profile = "linux-6.1", controllers = "memory,cpu", strict = true, seed = 7)
  static class Outer {
    void plain() {}

    @VirtualCgroup(strict = false, at = "/sys/fs/cgroup/x")
    void other() {}

    @VirtualCgroup(profile = "linux-3.10", inherit = false)
    void afresh() {}

    @Memory
    @Mount
    void composed() {}

    @Mount
    @VirtualCgroup(profile = "linux-4.9")
    @Memory
    void composedAndOwn() {}

    static class Inside {
      void plain() {}
    }

    @VirtualCgroup(profile = "linux-4.4")
    static class Annotated {
      @VirtualCgroup(seed = 8)
      void plain() {}
    }
  }

  static class Sub extends Outer {}

  @VirtualCgroup(profile = "linux-5.10")
  interface Face {}

  @VirtualCgroup(seed = 9)
  static class SubWithFace extends Outer implements Face {}

  @Retention(RetentionPolicy.RUNTIME)
  @VirtualCgroup(controllers = "memory", profile = "linux-6.18")
  @interface Memory {}

  @Retention(RetentionPolicy.RUNTIME)
  @VirtualCgroup(mode = Mode.MOUNT, profile = "linux-3.3")
  @interface Mount {}

  static class None {
    void plain() {}
  }

  static class Beginnings {
    @VirtualCgroup(preset = "kmem-leak")
    static class Preset {
      @VirtualCgroup(fixture = "a.yaml")
      void fixture() {}

      @VirtualCgroup(preset = "odd-numbers")
      void preset() {}

      @VirtualCgroup(preset = "odd-numbers", fixture = "a.yaml")
      void both() {}
    }
  }

  @VirtualCgroup(lifecycle = Lifecycle.PER_CLASS)
  static class Shared {
    void plain() {}

    @VirtualCgroup(seed = 1)
    void own() {}

    @VirtualCgroup(lifecycle = Lifecycle.PER_CLASS)
    void wrong() {}

    @VirtualCgroup(strict = {true, false})
    void twoValues() {}

    static class Inside {
      void plain() {}
    }

    @VirtualCgroup(seed = 2)
    static class Annotated {
      void plain() {}
    }

    @VirtualCgroup(lifecycle = Lifecycle.PER_METHOD)
    static class Separate {
      void plain() {}
    }
  }

  @Test
  void anAttributeOfTheClassCountsForItsMethods() throws Exception {
    Settings settings = settings("plain", Outer.class);
    assertThat(text(settings.profile())).isEqualTo("\"linux-6.1\" class Outer");
    assertThat(text(settings.controllers())).isEqualTo("\"memory,cpu\" class Outer");
    assertThat(settings.strict().orElseThrow().value()).isTrue();
    assertThat(settings.seed().orElseThrow().value()).isEqualTo(7L);
    assertThat(settings.at()).isEmpty();
    assertThat(settings.isMount()).isFalse();
    assertThat(settings.owner()).isEqualTo(Outer.class);
  }

  @Test
  void theMethodDecidesWhatItNames() throws Exception {
    Settings settings = settings("other", Outer.class);
    assertThat(settings.strict().orElseThrow().value()).isFalse();
    assertThat(text(settings.at())).isEqualTo("\"/sys/fs/cgroup/x\" method Outer.other");
    assertThat(text(settings.profile())).isEqualTo("\"linux-6.1\" class Outer");
    assertThat(settings.owner()).isEqualTo(method("other", Outer.class));
  }

  @Test
  void withoutInheritNothingFurtherOutCounts() throws Exception {
    Settings settings = settings("afresh", Outer.class);
    assertThat(text(settings.profile())).isEqualTo("\"linux-3.10\" method Outer.afresh");
    assertThat(settings.controllers()).isEmpty();
    assertThat(settings.strict()).isEmpty();
    assertThat(settings.seed()).isEmpty();
  }

  @Test
  void composedAnnotationsCountInTheirOrder() throws Exception {
    Settings settings = settings("composed", Outer.class);
    assertThat(text(settings.profile())).isEqualTo("\"linux-6.18\" @Memory method Outer.composed");
    assertThat(text(settings.controllers())).isEqualTo("\"memory\" @Memory method Outer.composed");
    assertThat(settings.isMount()).isTrue();
    assertThat(settings.seed().orElseThrow().value()).isEqualTo(7L);
  }

  @Test
  void theAnnotationItselfComesBeforeComposedOnes() throws Exception {
    Settings settings = settings("composedAndOwn", Outer.class);
    assertThat(text(settings.profile())).isEqualTo("\"linux-4.9\" method Outer.composedAndOwn");
    assertThat(settings.isMount()).isTrue();
    assertThat(text(settings.controllers()))
        .isEqualTo("\"memory\" @Memory method Outer.composedAndOwn");
  }

  @Test
  void nestedClassesGetThoseOfTheEnclosingClass() throws Exception {
    Settings inside = settings("plain", Outer.Inside.class, Outer.class);
    assertThat(text(inside.profile())).isEqualTo("\"linux-6.1\" class Outer");
    assertThat(inside.owner()).isEqualTo(Outer.class);

    Settings annotated = settings("plain", Outer.Annotated.class, Outer.class);
    assertThat(text(annotated.profile())).isEqualTo("\"linux-4.4\" class Outer$Annotated");
    assertThat(annotated.seed().orElseThrow().value()).isEqualTo(8L);
    assertThat(text(annotated.controllers())).isEqualTo("\"memory,cpu\" class Outer");
  }

  @Test
  void superclassesAndInterfacesHandThemDown() {
    Settings sub = Settings.of(List.of(Sub.class)).orElseThrow();
    assertThat(text(sub.profile())).isEqualTo("\"linux-6.1\" class Outer");
    assertThat(sub.owner()).isEqualTo(Sub.class);

    Settings withFace = Settings.of(List.of(SubWithFace.class)).orElseThrow();
    assertThat(text(withFace.profile())).isEqualTo("\"linux-5.10\" class Face");
    assertThat(withFace.seed().orElseThrow().value()).isEqualTo(9L);
    assertThat(text(withFace.controllers())).isEqualTo("\"memory,cpu\" class Outer");
  }

  @Test
  void withoutAnAnnotationThereIsNothing() throws Exception {
    assertThat(Settings.of(List.of(method("plain", None.class), None.class))).isEmpty();
  }

  @Test
  void whoNamesAFixtureHasAnsweredWhatItBeginsWith() throws Exception {
    Settings fixture = settings("fixture", Beginnings.Preset.class);
    assertThat(fixture.preset()).isEmpty();
    assertThat(fixture.fixture().orElseThrow().value()).isEqualTo("a.yaml");

    Settings preset = settings("preset", Beginnings.Preset.class);
    assertThat(preset.preset().orElseThrow().value()).isEqualTo("odd-numbers");
    assertThat(preset.fixture()).isEmpty();
  }

  @Test
  void oneAnnotationCannotNameBoth() throws Exception {
    Settings both = settings("both", Beginnings.Preset.class);
    assertThatThrownBy(both::validate)
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@VirtualCgroup(preset = \"odd-numbers\") on method %s.both: it has fixture = "
                + "\"a.yaml\", too: a hierarchy begins with one of them",
            Beginnings.Preset.class.getName());
  }

  @Test
  void anArrayHasOneValue() throws Exception {
    Settings two = settings("twoValues", Shared.class);
    assertThatThrownBy(two::validate)
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@VirtualCgroup on method %s.twoValues: strict has 2 values: give it one",
            Shared.class.getName());
  }

  @Test
  void whatAClassSharesIsSharedWithNestedClassesThatHaveNoneOfTheirOwn() throws Exception {
    assertThat(settings("plain", Shared.class).isShared()).isTrue();
    assertThat(settings("own", Shared.class).isShared()).isFalse();

    Settings inside = settings("plain", Shared.Inside.class, Shared.class);
    assertThat(inside.isShared()).isTrue();
    assertThat(inside.owner()).isEqualTo(Shared.class);

    Settings annotated = settings("plain", Shared.Annotated.class, Shared.class);
    assertThat(annotated.isShared()).isTrue();
    assertThat(annotated.owner()).isEqualTo(Shared.Annotated.class);

    assertThat(settings("plain", Shared.Separate.class, Shared.class).isShared()).isFalse();
  }

  @Test
  void aMethodSharesNothing() throws Exception {
    Settings wrong = settings("wrong", Shared.class);
    assertThatThrownBy(wrong::validate)
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "@VirtualCgroup(lifecycle = PER_CLASS) on method %s.wrong: the hierarchy of a "
                + "method is that of one test: put the attribute on the class",
            Shared.class.getName());
  }

  private static AnnotatedElement method(String name, Class<?> type) throws Exception {
    return type.getDeclaredMethod(name);
  }

  private static Settings settings(String method, Class<?>... classes) throws Exception {
    List<AnnotatedElement> elements = new ArrayList<>(List.of(classes));
    elements.add(0, method(method, classes[0]));
    return Settings.of(elements).orElseThrow();
  }

  private static String text(Optional<Attribute<String>> attribute) {
    Attribute<String> found = attribute.orElseThrow();
    String place =
        found.place().replace(SettingsTest.class.getName() + "$", "").replace(" on ", " ");
    return "\"%s\" %s".formatted(found.value(), place);
  }
}
