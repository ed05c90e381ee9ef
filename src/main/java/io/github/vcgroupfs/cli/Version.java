package io.github.vcgroupfs.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: from the manifest of the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"vcgroupfs " + number()};
  }

  /** The version alone. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }
}
