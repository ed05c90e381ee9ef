package io.github.vcgroupfs.junit;

import static java.util.stream.Collectors.joining;

import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystemBuilder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Makes file systems in this JVM from settings. */
final class FileSystems {
  private FileSystems() {}

  /**
   * Makes one.
   *
   * @throws ExtensionConfigurationException if there is not what an attribute names
   */
  static VirtualCgroupFileSystem open(Settings settings, FixtureFile fixture) throws IOException {
    try {
      VirtualCgroupFileSystemBuilder builder = beginning(settings, fixture);
      settings.profile().ifPresent(each -> builder.profile(each.value()));
      settings.controllers().ifPresent(each -> builder.controllers(each.value()));
      settings.strict().ifPresent(each -> builder.strict(each.value()));
      settings.seed().ifPresent(each -> builder.seed(each.value()));
      if (!settings.isMount()) {
        settings.at().ifPresent(each -> builder.at(each.value()));
      }
      if (!settings.virtualTime().map(Attribute::value).orElse(true)) {
        builder.wallClock();
      }
      return builder.open();
    } catch (IllegalArgumentException e) {
      throw wrong(settings, fixture, String.valueOf(e.getMessage()));
    }
  }

  private static VirtualCgroupFileSystemBuilder beginning(Settings settings, FixtureFile fixture) {
    VirtualCgroupFileSystemBuilder builder = usual();
    settings.preset().ifPresent(each -> builder.preset(each.value()));
    fixture.path().ifPresent(builder::fixture);
    return builder;
  }

  /** The one attribute that is wrong by itself, or all that do not go together. */
  private static ExtensionConfigurationException wrong(
      Settings settings, FixtureFile fixture, String why) throws IOException {
    Map<Attribute<String>, VirtualCgroupFileSystemBuilder> alone = new LinkedHashMap<>();
    settings
        .preset()
        .or(settings::fixture)
        .ifPresent(each -> alone.put(each, beginning(settings, fixture)));
    settings.profile().ifPresent(each -> alone.put(each, usual().profile(each.value())));
    settings.controllers().ifPresent(each -> alone.put(each, usual().controllers(each.value())));
    settings.at().ifPresent(each -> alone.put(each, usual().at(each.value())));
    for (Map.Entry<Attribute<String>, VirtualCgroupFileSystemBuilder> each : alone.entrySet()) {
      if (isWrong(each.getValue(), why)) {
        return each.getKey().wrong(why);
      }
    }
    return new ExtensionConfigurationException(
        "%s: %s"
            .formatted(
                alone.keySet().stream().map(Attribute::toString).collect(joining(" with ")), why));
  }

  private static VirtualCgroupFileSystemBuilder usual() {
    return VirtualCgroupFileSystem.builder();
  }

  /** Whether it is refused for the same reason. */
  private static boolean isWrong(VirtualCgroupFileSystemBuilder builder, String why)
      throws IOException {
    try {
      builder.open().close();
      return false;
    } catch (IllegalArgumentException e) {
      return why.equals(e.getMessage());
    }
  }
}
