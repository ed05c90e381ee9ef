package io.github.vcgroupfs.daemon;

import java.nio.file.Path;

/** Folders that depend on the environment. Has no state. */
public final class Folders {
  private Folders() {}

  /** The folder in which the user called the program. A daemon itself runs in {@code /}. */
  public static Path users() {
    return Path.of(System.getProperty(Daemons.FOLDER_PROPERTY, "")).toAbsolutePath();
  }

  /** Where logs lie: one place for root, else below the user's state folder. */
  static Path logs(boolean root) {
    if (root) {
      return Path.of("/var/log/vcgroupfs");
    }
    String state = System.getenv("XDG_STATE_HOME");
    // The XDG specification has relative ones ignored.
    Path base =
        state != null && state.startsWith("/")
            ? Path.of(state)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    return base.resolve("vcgroupfs");
  }
}
