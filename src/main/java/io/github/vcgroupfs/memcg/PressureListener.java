package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A registration for pressure: {@code struct vmpressure_event}. Immutable.
 *
 * @param level the mildest level that it is notified of
 * @param mode whether it is notified of pressure in groups below
 * @param fd the eventfd to signal
 */
record PressureListener(PressureLevel level, Mode mode, EventFd fd) {

  /**
   * Which pressure in the groups below its own a listener is notified of: {@code enum
   * vmpressure_modes}.
   */
  enum Mode {
    /** What no listener below has heard. */
    DEFAULT,
    /** Everything. */
    HIERARCHY,
    /** Nothing. */
    LOCAL
  }

  /**
   * Reads the arguments: {@code vmpressure_register_event}. What stands behind a second comma is
   * never looked at.
   *
   * @param modes whether this kernel knows modes
   * @throws ErrnoException EINVAL if they are no level, or no mode
   */
  static PressureListener parse(String args, boolean modes, EventFd fd) throws ErrnoException {
    String[] words = modes ? args.split(",", -1) : new String[] {args};
    PressureLevel level = choose(PressureLevel.values(), words[0], args, modes);
    Mode mode = words.length > 1 ? choose(Mode.values(), words[1], args, modes) : Mode.DEFAULT;
    return new PressureListener(level, mode, fd);
  }

  /**
   * Whether it is to be told: {@code vmpressure_event}.
   *
   * @param below whether the event is of a group below
   * @param heard whether a listener in a group below was told
   */
  boolean hears(PressureLevel event, boolean below, boolean heard) {
    boolean wanted =
        switch (mode) {
          case DEFAULT -> !heard;
          case HIERARCHY -> true;
          case LOCAL -> !below;
        };
    return wanted && event.compareTo(level) >= 0;
  }

  private static <E extends Enum<E>> E choose(E[] all, String word, String args, boolean modes)
      throws ErrnoException {
    for (E each : all) {
      if (word(each).equals(word)) {
        return each;
      }
    }
    throw new ErrnoException(
        Errno.EINVAL,
        "\"%s\" is no pressure level: write %s%s"
            .formatted(
                args,
                words(PressureLevel.values()),
                modes
                    ? ", and behind a comma %s if you like".formatted(words(Mode.values()))
                    : ""));
  }

  private static String words(Enum<?>[] all) {
    List<String> words = Arrays.stream(all).map(PressureListener::word).toList();
    return String.join(" or ", words);
  }

  private static String word(Enum<?> each) {
    return each.name().toLowerCase(Locale.ROOT);
  }
}
