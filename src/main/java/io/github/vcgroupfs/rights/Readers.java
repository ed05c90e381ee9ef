package io.github.vcgroupfs.rights;

import io.github.vcgroupfs.kernel.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Says what is known of a process that reads, beside its uid and gid. This is a port: the real
 * implementation looks into {@code /proc}. Called from any thread.
 */
public interface Readers {
  /** Nothing is known: a reader is in no other group, and sees every process. */
  Readers BY_IDS =
      caller ->
          new Reader() {
            @Override
            public boolean isIn(int gid) {
              return false;
            }

            @Override
            public String process(String process, int uid) {
              return process;
            }
          };

  /** What is known of who makes this call now. Use it for one answer and not for longer. */
  Reader of(Caller caller);

  /** A process that reads. For one thread. */
  interface Reader {
    /** Whether the group is one of its supplementary groups. */
    boolean isIn(int gid);

    /**
     * How the reader would name a process.
     *
     * @param process its name and id here, as {@code bash[4711]}
     * @param uid whose process it was
     * @return with the id in the pid namespace of the reader; null if the reader cannot see it
     */
    @Nullable String process(String process, int uid);
  }
}
