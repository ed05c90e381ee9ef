package io.github.vcgroupfs.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: from the manifest of the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"vcgroupfs " + (version == null ? "(development)" : version)};
  }
}
