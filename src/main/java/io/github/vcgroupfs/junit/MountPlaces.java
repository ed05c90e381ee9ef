package io.github.vcgroupfs.junit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * Tells JUnit which tests mount on one place, so that it runs them one after the other. It is asked
 * when tests are discovered; wrong annotations are refused later, when the test runs.
 */
final class MountPlaces implements ResourceLocksProvider {
  private static final String PREFIX = "io.github.vcgroupfs.mount ";

  @Override
  public Set<Lock> provideForClass(Class<?> testClass) {
    return provideForNestedClass(List.of(), testClass);
  }

  @Override
  public Set<Lock> provideForNestedClass(List<Class<?>> enclosing, Class<?> testClass) {
    return locks(elements(enclosing, testClass), true);
  }

  @Override
  public Set<Lock> provideForMethod(List<Class<?>> enclosing, Class<?> testClass, Method method) {
    List<AnnotatedElement> elements = elements(enclosing, testClass);
    elements.add(0, method);
    return locks(elements, false);
  }

  private static List<AnnotatedElement> elements(List<Class<?>> enclosing, Class<?> testClass) {
    List<AnnotatedElement> elements = new ArrayList<>();
    elements.add(testClass);
    for (int i = enclosing.size() - 1; i >= 0; i--) { // the outermost comes first
      elements.add(enclosing.get(i));
    }
    return elements;
  }

  /** What a class shares is locked with the class; what a test has is locked with the test. */
  private static Set<Lock> locks(List<AnnotatedElement> elements, boolean ofClass) {
    return Settings.of(elements)
        .filter(Settings::isMount)
        .filter(settings -> settings.isShared() == ofClass)
        .flatMap(Settings::at)
        .map(at -> Set.of(new Lock(PREFIX + at.value())))
        .orElse(Set.of());
  }
}
