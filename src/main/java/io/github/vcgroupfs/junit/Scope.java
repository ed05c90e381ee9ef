package io.github.vcgroupfs.junit;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Whose hierarchy a test or a class uses: the one that is kept in the store of this context.
 *
 * @param context that of the test, or of the class whose tests share one; empty if only its tests
 *     have hierarchies
 */
record Scope(Settings settings, Optional<ExtensionContext> context) {
  private static final Namespace NAMESPACE = Namespace.create(VirtualCgroup.class);

  /** The scope that a context lies in; empty if no annotation counts there. */
  static Optional<Scope> of(ExtensionContext inside) {
    List<AnnotatedElement> elements = new ArrayList<>();
    for (ExtensionContext each = inside; each != null; each = parent(each)) {
      each.getElement().filter(element -> !elements.contains(element)).ifPresent(elements::add);
    }
    return Settings.of(elements).map(settings -> new Scope(settings, owner(settings, inside)));
  }

  private static Optional<ExtensionContext> owner(Settings settings, ExtensionContext inside) {
    for (ExtensionContext each = inside; each != null; each = parent(each)) {
      boolean owns =
          settings.isShared()
              ? each.getElement().equals(Optional.of(settings.owner()))
              : each.getTestMethod().isPresent();
      if (owns) {
        return Optional.of(each); // of a template and its invocation, the invocation
      }
    }
    return Optional.empty();
  }

  private static @Nullable ExtensionContext parent(ExtensionContext context) {
    return context.getParent().orElse(null);
  }

  /** Opens the hierarchy if it is not open. Empty if only tests have hierarchies. */
  Optional<Hierarchy> open() {
    return context.map(
        owner ->
            store(owner)
                .getOrComputeIfAbsent(
                    key(owner), key -> Opening.open(settings, owner), Hierarchy.class));
  }

  /** The hierarchy, if it is open. */
  Optional<Hierarchy> opened() {
    return context.flatMap(
        owner -> Optional.ofNullable(store(owner).get(key(owner), Hierarchy.class)));
  }

  private static Store store(ExtensionContext owner) {
    return owner.getStore(NAMESPACE);
  }

  /** A store also finds what its parents have: that would be the hierarchy of somebody else. */
  private static String key(ExtensionContext owner) {
    return owner.getUniqueId();
  }
}
