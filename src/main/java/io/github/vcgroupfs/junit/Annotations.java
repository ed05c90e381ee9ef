package io.github.vcgroupfs.junit;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the annotations that count for a test, the nearest first. {@code AnnotationSupport} of
 * JUnit would give only the nearest.
 */
final class Annotations {
  private final List<Found> found = new ArrayList<>();
  private final Set<AnnotatedElement> seen = new HashSet<>();
  private boolean complete;

  /**
   * An annotation.
   *
   * @param place the element that it stands on, for messages
   * @param onMethod whether that is a method
   */
  record Found(VirtualCgroup annotation, String place, boolean onMethod) {}

  /**
   * Adds those on an element, and on what hands them down to it.
   *
   * @return whether there was one that counts
   */
  boolean add(AnnotatedElement element) {
    int before = found.size();
    collect(element, placeOf(element), element instanceof Method);
    return found.size() > before;
  }

  /** All that were added, the nearest first. */
  List<Found> found() {
    return found;
  }

  private void collect(AnnotatedElement element, String place, boolean onMethod) {
    if (complete || !seen.add(element)) {
      return;
    }
    VirtualCgroup own = element.getDeclaredAnnotation(VirtualCgroup.class);
    if (own != null) {
      found.add(new Found(own, place, onMethod));
      complete = !own.inherit();
    }
    for (Annotation each : element.getDeclaredAnnotations()) {
      collectComposed(each.annotationType(), place, onMethod);
    }
    if (element instanceof Class<?> type && !type.isAnnotation()) {
      for (Class<?> each : type.getInterfaces()) {
        collect(each, placeOf(each), onMethod);
      }
      if (type.getSuperclass() != null) {
        collect(type.getSuperclass(), placeOf(type.getSuperclass()), onMethod);
      }
    }
  }

  private void collectComposed(Class<? extends Annotation> type, String place, boolean onMethod) {
    boolean ofJava = type.getName().startsWith("java.lang.");
    if (!ofJava && type != VirtualCgroup.class) {
      // the same one may stand on several elements, and counts at the nearest
      collect(type, "@%s on %s".formatted(type.getSimpleName(), place), onMethod);
    }
  }

  private static String placeOf(AnnotatedElement element) {
    if (element instanceof Method method) {
      return "method %s.%s".formatted(method.getDeclaringClass().getName(), method.getName());
    }
    return element instanceof Class<?> type ? "class " + type.getName() : element.toString();
  }
}
