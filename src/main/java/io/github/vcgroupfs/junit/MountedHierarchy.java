package io.github.vcgroupfs.junit;

import io.github.vcgroupfs.junit.MountProcess.Refusal;
import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** A hierarchy on a mount. */
final class MountedHierarchy implements Hierarchy {
  /** The configuration parameter that makes a failure of what would be skipped. */
  static final String REQUIRED = "vcgroupfs.mount.required";

  private final MountProcess process;
  private final Path root;
  private final boolean strict;

  private MountedHierarchy(MountProcess process, Path root, boolean strict) {
    this.process = process;
    this.root = root;
    this.strict = strict;
  }

  /** Mounts it. */
  static Hierarchy open(Settings settings, ExtensionContext context) throws IOException {
    List<String> missing = MountProgram.missingLibraries();
    if (!missing.isEmpty()) {
      throw impossible(
          context,
          settings,
          "the class path has no %s: add that, or the artifact of vcgroupfs with the classifier all"
              .formatted(String.join(", ", missing)));
    }
    settings
        .virtualTime()
        .filter(Attribute::value)
        .ifPresent(
            attribute -> {
              throw attribute.wrong(
                  "a mount has the time of the clock: leave it out, or take Mode.IN_JVM");
            });
    boolean strict = settings.strict().map(Attribute::value).orElse(false);
    try (FixtureFile fixture = FixtureFile.find(settings.fixture(), Opening.loader(context))) {
      FileSystems.open(settings, fixture).close(); // refuses what is wrong, and names the attribute
      Optional<Path> at = place(settings);
      Path folder = MountProcess.folder();
      Path place = at.orElse(folder.resolve("mnt"));
      MountProcess process = MountProcess.start(folder, options(settings, fixture), place);
      boolean done = false;
      try {
        Refusal refusal = process.awaitMounted(place);
        if (refusal != null) {
          throw refused(context, settings, refusal);
        }
        done = true;
        return new MountedHierarchy(process, place, strict);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while %s was mounted".formatted(place), e);
      } finally {
        if (!done) {
          process.close();
        }
      }
    }
  }

  private static List<String> options(Settings settings, FixtureFile fixture) {
    List<String> options = new ArrayList<>();
    settings.profile().ifPresent(each -> options.addAll(List.of("--profile", each.value())));
    settings
        .controllers()
        .ifPresent(each -> options.addAll(List.of("--controllers", each.value())));
    settings.preset().ifPresent(each -> options.addAll(List.of("--preset", each.value())));
    fixture.path().ifPresent(each -> options.addAll(List.of("--fixture", each.toString())));
    settings.seed().ifPresent(each -> options.add("--seed=" + each.value())); // may begin with -
    if (settings.strict().map(Attribute::value).orElse(false)) {
      options.add("--strict");
    }
    return options;
  }

  private static Optional<Path> place(Settings settings) {
    return settings
        .at()
        .map(
            attribute -> {
              if (!attribute.value().startsWith("/")) {
                throw attribute.wrong("a mount point is an absolute path, such as /tmp/cgroup");
              }
              return Path.of(attribute.value());
            });
  }

  private static RuntimeException refused(
      ExtensionContext context, Settings settings, Refusal refusal) {
    if (refusal.isPrerequisite()) {
      return impossible(context, settings, refusal.said());
    }
    String where = "@VirtualCgroup(mode = MOUNT) on " + settings.place();
    return refusal.isMisuse()
        ? new ExtensionConfigurationException("%s: %s".formatted(where, refusal.said()))
        : new ExtensionConfigurationException(
            "%s: the mount was not made (status %d): %s"
                .formatted(where, refusal.status(), refusal.said()));
  }

  /** Something is missing on this machine: the test is skipped, unless mounts are required. */
  private static RuntimeException impossible(
      ExtensionContext context, Settings settings, String reason) {
    boolean required =
        context.getConfigurationParameter(REQUIRED).map(Boolean::parseBoolean).orElse(false);
    return required
        ? new ExtensionConfigurationException(
            "@VirtualCgroup(mode = MOUNT) on %s, and %s is true, but %s"
                .formatted(settings.place(), REQUIRED, reason))
        : new TestAbortedException(
            "@VirtualCgroup(mode = MOUNT) on %s: %s".formatted(settings.place(), reason));
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public Optional<VirtualCgroupFileSystem> fileSystem() {
    return Optional.empty();
  }

  @Override
  public Cgroups cgroups() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WhatHappened whatHappened() {
    return WhatHappened.unknown("x" + strict);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
