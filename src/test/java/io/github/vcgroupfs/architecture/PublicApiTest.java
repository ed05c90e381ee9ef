package io.github.vcgroupfs.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What users of the library may use: two packages, and nothing that would tie them to others. */
class PublicApiTest {
  private static final String REGENERATE =
      "mvn -Dvcgroupfs.quick -Dvcgroupfs.regenerate=true -Dtest=PublicApiTest test";

  /** The packages that are documented, compared with the last release, and kept. */
  private static final Set<String> PACKAGES =
      Set.of("io.github.vcgroupfs.nio", "io.github.vcgroupfs.junit");

  private static final Path LIST = Path.of("src/test/resources/api/public-api.txt");

  /** style.md, public signatures. */
  @Test
  void signaturesNameTypesOfTheJdkOfJunitAndOwnOnes() {
    List<String> wrong = new ArrayList<>();
    for (JavaClass each : publicTypes()) {
      List<JavaType> named = new ArrayList<>(each.getInterfaces());
      each.getSuperclass().ifPresent(named::add);
      each.getTypeParameters().forEach(named::add);
      note(wrong, each.getName(), named);
      for (JavaCodeUnit unit : each.getCodeUnits()) {
        if (isSeen(unit.getModifiers())) {
          named = new ArrayList<>(unit.getParameterTypes());
          named.add(unit.getReturnType());
          named.addAll(unit.getTypeParameters());
          unit.getThrowsClause().getTypes().forEach(named::add);
          note(wrong, unit.getFullName(), named);
        }
      }
      for (JavaField field : each.getFields()) {
        if (isSeen(field.getModifiers())) {
          note(wrong, field.getFullName(), List.of(field.getType()));
        }
      }
    }
    assertThat(wrong).as("what users would have to know beside the public API").isEmpty();
  }

  /** style.md, public API: a change of it shows as a change of one file. */
  @Test
  void theListOfTheApiIsUpToDate() throws Exception {
    List<Class<?>> types = new ArrayList<>();
    for (JavaClass each : publicTypes()) {
      types.add(each.reflect());
    }
    String listing = ApiListing.of(types);
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      Files.createDirectories(LIST.getParent());
      Files.writeString(LIST, listing);
    }
    assertThat(listing)
        .as(
            "the public API is no longer what %s says; if the change is meant, make it anew with:"
                + " %s, and tell it in the changelog",
            LIST, REGENERATE)
        .isEqualTo(Files.readString(LIST));
  }

  private static List<JavaClass> publicTypes() {
    List<JavaClass> types =
        ImportedClasses.MAIN.stream()
            .filter(each -> PACKAGES.contains(each.getPackageName()) && isPublic(each))
            .sorted(Comparator.comparing(JavaClass::getName))
            .toList();
    assertThat(types).extracting(JavaClass::getPackageName).containsAll(PACKAGES);
    return types;
  }

  /** A type in a type that is not public is not public either. */
  private static boolean isPublic(JavaClass type) {
    Optional<JavaClass> around = type.getEnclosingClass();
    return isSeen(type.getModifiers()) && (around.isEmpty() || isPublic(around.get()));
  }

  private static boolean isSeen(Set<JavaModifier> modifiers) {
    boolean open =
        modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    return open && !modifiers.contains(JavaModifier.SYNTHETIC);
  }

  private static void note(List<String> wrong, String where, Collection<JavaType> named) {
    for (JavaType type : named) {
      for (JavaClass raw : type.getAllInvolvedRawTypes()) {
        if (!isKnownToUsers(raw.getBaseComponentType())) {
          wrong.add(where + " names " + raw.getName());
        }
      }
    }
  }

  private static boolean isKnownToUsers(JavaClass type) {
    String in = type.getPackageName();
    return type.isPrimitive()
        || in.startsWith("java.")
        || in.startsWith("org.junit.jupiter.api")
        || (PACKAGES.contains(in) && isPublic(type));
  }
}
