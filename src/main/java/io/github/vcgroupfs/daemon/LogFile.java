package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The log file of a daemon. Immutable.
 *
 * @param path the file
 * @param wanted whether the user named it; then it is an error if it cannot be written
 */
public record LogFile(Path path, boolean wanted) {
  private static final long MAX_BYTES = 4L << 20;

  /** The default log file for a mount point. */
  public static LogFile byDefault(MountPoint place, Identity identity) {
    String name = place.toString().substring(1).replace('/', '-') + ".log";
    return new LogFile(Folders.logs(identity.isRoot()).resolve(name), false);
  }

  /** The log file that a user named. */
  public static LogFile named(Path path) {
    return new LogFile(path, true);
  }

  /** From now on only errors are said, on standard error: it belongs to a command, too. */
  public static void none() {
    LogManager.getLogManager().getLogger("").setLevel(LogLevel.ERROR.level());
  }

  /**
   * Sends all log lines to the file from now on.
   *
   * @return the line to print about it
   * @throws MountException if the user named it and it cannot be written
   */
  public String open(LogLevel level) throws MountException {
    Logger root = LogManager.getLogManager().getLogger("");
    root.setLevel(level.level());
    try {
      Path folder = SafeFile.resolve(path).getParent(); // before a folder is made through a link
      if (folder != null) {
        Files.createDirectories(folder);
      }
      root.addHandler(new LogHandler(path, MAX_BYTES));
      return "log " + path;
    } catch (IOException e) {
      String why = "the log file %s cannot be written: %s".formatted(path, Reasons.of(e));
      if (wanted) {
        throw new MountException(MountException.Kind.FAILED, why);
      }
      return "no log: " + why;
    }
  }
}
