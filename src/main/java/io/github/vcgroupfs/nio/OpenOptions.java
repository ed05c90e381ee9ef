package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.vfs.At;
import io.github.vcgroupfs.vfs.OpenFile;
import io.github.vcgroupfs.vfs.OpenHow;
import io.github.vcgroupfs.vfs.Vfs;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/**
 * Opens files as the JDK does on Linux: which flags of {@code open} the options become, and what is
 * made of its failures. Immutable.
 */
final class OpenOptions {
  private final Set<? extends OpenOption> options;
  private final boolean direct;

  private OpenOptions(Set<? extends OpenOption> options, boolean direct) {
    this.options = options;
    this.direct = direct;
  }

  /**
   * Reads options.
   *
   * @throws UnsupportedOperationException for one that there is not on Linux
   */
  static OpenOptions of(Set<? extends OpenOption> options) {
    boolean direct = false;
    for (OpenOption option : options) {
      if (isDirect(Objects.requireNonNull(option))) {
        direct = true;
      } else if (!(option instanceof StandardOpenOption) && option != LinkOption.NOFOLLOW_LINKS) {
        throw new UnsupportedOperationException(option + " not supported");
      }
    }
    return new OpenOptions(options, direct);
  }

  /** Asks by name: the type is in a module of its own, which need not be there. */
  private static boolean isDirect(OpenOption option) {
    return option instanceof Enum<?> constant
        && constant.getDeclaringClass().getName().equals("com.sun.nio.file.ExtendedOpenOption")
        && constant.name().equals("DIRECT");
  }

  private boolean has(OpenOption option) {
    return options.contains(option);
  }

  private boolean writes() {
    return has(StandardOpenOption.WRITE) || has(StandardOpenOption.APPEND);
  }

  private boolean reads() {
    return has(StandardOpenOption.READ) || !writes();
  }

  /** Opens for a {@link java.nio.channels.FileChannel}. */
  OpenChannel open(PathHome home, At at, Path named) throws IOException {
    boolean append = has(StandardOpenOption.APPEND);
    if (append && has(StandardOpenOption.READ)) {
      throw new IllegalArgumentException("READ + APPEND not allowed");
    }
    if (append && has(StandardOpenOption.TRUNCATE_EXISTING)) {
      throw new IllegalArgumentException("APPEND + TRUNCATE_EXISTING not allowed");
    }
    return opened(home, at, named);
  }

  /** Opens for a {@link java.nio.channels.AsynchronousFileChannel}. */
  OpenChannel openAsynchronous(PathHome home, At at, Path named) throws IOException {
    if (has(StandardOpenOption.APPEND)) {
      throw new UnsupportedOperationException("APPEND not allowed");
    }
    return opened(home, at, named);
  }

  private OpenChannel opened(PathHome home, At at, Path named) throws IOException {
    Vfs vfs = home.vfs();
    boolean createNew = has(StandardOpenOption.CREATE_NEW);
    boolean deletes = has(StandardOpenOption.DELETE_ON_CLOSE);
    boolean follow = createNew || !(has(LinkOption.NOFOLLOW_LINKS) || deletes);
    boolean creates = writes() && (createNew || has(StandardOpenOption.CREATE));
    OpenHow how =
        new OpenHow(
            reads(),
            writes(),
            writes() && has(StandardOpenOption.APPEND),
            creates,
            creates && createNew,
            writes() && has(StandardOpenOption.TRUNCATE_EXISTING),
            !follow,
            direct);
    if (how.exclusive() && (at.path().equals(".") || at.path().endsWith("/."))) {
      throw new java.nio.file.FileAlreadyExistsException(named.toString());
    }
    Outcome<OpenFile> outcome = Outcome.restarted(() -> vfs.open(at, how));
    if (createNew && outcome.is(Errno.EISDIR)) {
      throw outcome.failure(Errno.EEXIST, named, null);
    }
    if (!follow && outcome.is(Errno.ELOOP)) {
      throw outcome.because(new IOException(outcome.text() + " (NOFOLLOW_LINKS specified)"));
    }
    OpenFile file = outcome.orThrow(named);
    if (deletes && Outcome.done(() -> vfs.unlink(at)).isOk()) {
      throw new IllegalStateException(named + " was removed, which nobody can");
    }
    return new OpenChannel(file, home, how.read(), how.write(), how.append());
  }
}
