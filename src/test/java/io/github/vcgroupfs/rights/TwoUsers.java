package io.github.vcgroupfs.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mount of root's with a group for each of two users, who have no other rights. What they do is
 * done by processes of theirs.
 */
final class TwoUsers implements AutoCloseable {
  /** The first user: the group {@code nobody} is his. */
  static final int NOBODY = 65534;

  /** The second user: the group {@code other} is his. */
  static final int OTHER = 12345;

  private final Path folder;
  private final MountedFs mount;

  private TwoUsers(Path folder, MountedFs mount) {
    this.folder = folder;
    this.mount = mount;
  }

  /** Mounts in a folder that all may enter, and gives the groups away with all their files. */
  static TwoUsers start(String... options) throws IOException, InterruptedException {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root needed");
    assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "setpriv is missing");
    Path folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    Syscalls.chmod(folder, 0755);
    TwoUsers users = new TwoUsers(folder, MountedFs.at(folder.resolve("mnt"), options));
    users.makeGroup("nobody", NOBODY);
    users.makeGroup("other", OTHER);
    return users;
  }

  /** Makes a group and gives it away, as {@code chown -R} does. */
  void makeGroup(String name, int uid) throws IOException {
    mount.mkdir(name);
    try (Stream<Path> all = Files.walk(mount.path(name))) {
      for (Path each : all.toList()) {
        assertThat(Syscalls.chown(each, uid, uid)).isZero();
      }
    }
  }

  /** The mount. */
  MountedFs mount() {
    return mount;
  }

  /** The folder of the mount point, which is root's. */
  Path folder() {
    return folder;
  }

  /** The words that start a program as a user. */
  static List<String> as(int uid, String... words) {
    List<String> command = new ArrayList<>();
    if (uid != 0) {
      command.addAll(
          List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--"));
    }
    command.addAll(List.of(words));
    return command;
  }

  /** Runs a shell script in the mount; the words behind it are {@code $1} and so on. */
  Program.Ended shell(int uid, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = as(uid, "sh", "-c", "cd \"$0\" && " + script, mount.root().toString());
    command.addAll(List.of(arguments));
    return Program.runToEnd(command);
  }

  /** Writes as {@code echo} does; the error, without the name of the file, or an empty text. */
  String write(int uid, String file, String text) throws IOException, InterruptedException {
    String err = shell(uid, "printf '%s\\n' \"$2\" | tee -- \"$1\" >/dev/null", file, text).err();
    return err.strip().replaceFirst(".*: ", "");
  }

  /** The newest refusal in a group, as its {@code sim.why} tells it. */
  String why(String group) throws IOException {
    List<String> lines = mount.read(group + "/sim.why").lines().toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  @Override
  public void close() throws IOException {
    mount.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
