package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.ErrnoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the model takes over of a fixture, if this kernel lets it. Stateless. */
final class Restored {
  private static final Logger LOG = LoggerFactory.getLogger(Restored.class);

  private Restored() {}

  /** Something that a kernel may refuse. */
  interface Attempt {
    void run() throws ErrnoException;
  }

  /** Tries it; a refusal leaves things as they are, and the file shows what was recorded. */
  static void tryTo(Attempt attempt) {
    try {
      attempt.run();
    } catch (ErrnoException refusal) {
      LOG.debug("shown as recorded: {}", refusal.getMessage());
    }
  }
}
