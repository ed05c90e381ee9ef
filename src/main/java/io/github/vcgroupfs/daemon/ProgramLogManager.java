package io.github.vcgroupfs.daemon;

import java.util.logging.LogManager;

/**
 * The JDK's logging, but without its configuration file, and without the shutdown hook that would
 * close the log before the mount is closed. It is public because a system property names it.
 */
public final class ProgramLogManager extends LogManager {
  /** Called by the JDK. */
  public ProgramLogManager() {}

  @Override
  public void readConfiguration() {}

  @Override
  public void reset() {}
}
