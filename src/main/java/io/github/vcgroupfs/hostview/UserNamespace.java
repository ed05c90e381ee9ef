package io.github.vcgroupfs.hostview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.os.Cmdline;
import io.github.vcgroupfs.os.Reasons;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts the program again in a user namespace, where its user is root. Has no state. */
public final class UserNamespace {
  private static final List<String> UNSHARE =
      List.of("unshare", "--user", "--map-root-user", "--mount", "--");

  /** What the second start has, so that there is no third. */
  private static final String MARK = "-Dvcgroupfs.userns=true";

  private UserNamespace() {}

  /**
   * Becomes the same program in a user namespace and a mount namespace of its own.
   *
   * @param own the words that started this process
   * @return why it did not work; if it works, this does not return
   */
  public static MountException enter(Cmdline own) throws InterruptedException {
    if (own.words().contains(MARK)) {
      return missing("the user namespace that was made gives no right to mount");
    }
    List<String> probe = inside(List.of("true"));
    try {
      Process process = new ProcessBuilder(probe).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1).strip();
      if (process.waitFor() != 0) {
        return missing(said);
      }
    } catch (IOException e) {
      return missing("unshare(1) is not installed (Debian: apt-get install util-linux)");
    }
    List<String> words = new ArrayList<>(own.words());
    words.add(1, MARK); // behind java
    return missing(Reasons.of(HostView.become(inside(words))));
  }

  private static List<String> inside(List<String> words) {
    return Stream.concat(UNSHARE.stream(), words.stream()).toList();
  }

  private static MountException missing(String why) {
    return new MountException(
        MountException.Kind.PREREQUISITE,
        "run needs root, or a user namespace, which cannot be had: %s. What forbids them may be"
                .formatted(why)
            + " sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone (Debian) or"
            + " kernel.apparmor_restrict_unprivileged_userns (Ubuntu)");
  }
}
