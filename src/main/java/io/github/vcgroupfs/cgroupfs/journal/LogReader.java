package io.github.vcgroupfs.cgroupfs.journal;

import io.github.vcgroupfs.cgroupfs.call.FsCall;
import org.jspecify.annotations.Nullable;

/** Who reads {@code sim.why} or {@code sim.journal}, and what of it he may know. For one thread. */
public interface LogReader {
  /** May know everything: root and the mount's owner. */
  LogReader EVERYTHING =
      new LogReader() {
        @Override
        public boolean maySee(About about) {
          return true;
        }

        @Override
        public String process(String process, int uid) {
          return process;
        }
      };

  /**
   * What a line is about. Immutable.
   *
   * @param call the call
   * @param uid who called
   * @param path of the file or group, from the root, at the time of the call
   * @param groupId the id of that group, or of the group that had the file or name; 0: there was
   *     none
   */
  record About(FsCall call, int uid, String path, long groupId) {}

  /** Whether he may see a line about that. */
  boolean maySee(About about);

  /**
   * How he would name a process.
   *
   * @param process its name and id, as {@code bash[4711]}
   * @param uid whose it was
   * @return null if he cannot see it
   */
  @Nullable String process(String process, int uid);
}
