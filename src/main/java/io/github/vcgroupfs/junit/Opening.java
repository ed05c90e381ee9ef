package io.github.vcgroupfs.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes hierarchies. */
final class Opening {
  private Opening() {}

  /**
   * Opens the hierarchy that settings ask for.
   *
   * @param context that it is for
   */
  static Hierarchy open(Settings settings, ExtensionContext context) {
    settings.validate();
    try {
      return settings.isMount()
          ? MountedHierarchy.open(settings, context)
          : InJvmHierarchy.open(settings, context);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no hierarchy for @VirtualCgroup on %s: %s".formatted(settings.place(), e.getMessage()),
          e);
    }
  }

  /** The class path of the test. */
  static ClassLoader loader(ExtensionContext context) {
    return context.getRequiredTestClass().getClassLoader();
  }
}
