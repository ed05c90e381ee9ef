package io.github.vcgroupfs.watch;

import java.util.Optional;

/**
 * Whether a hierarchy can be seen. Immutable.
 *
 * @param kind in short
 * @param why one sentence: what is wrong, and what would work; empty if it can be seen
 */
public record WatchState(Kind kind, Optional<String> why) {
  /** Nobody has looked yet. */
  static final WatchState UNSEEN = new WatchState(Kind.UNSEEN, Optional.empty());

  /** All is well. */
  static final WatchState SEEN = new WatchState(Kind.SEEN, Optional.empty());

  /** Whether a hierarchy can be seen, in short. */
  public enum Kind {
    /** Nobody has looked yet. */
    UNSEEN,
    /** It can be seen. */
    SEEN,
    /** It is not there: unmounted, perhaps. It is looked for. */
    ABSENT,
    /** Its daemon has ended. */
    DEAD,
    /** It may not be read. */
    FORBIDDEN,
    /** It cannot be read for another reason. */
    FAILED,
    /** It does not answer: its daemon is stopped, or very busy. */
    SILENT
  }

  static WatchState of(WatchException e) {
    Kind kind =
        switch (e.kind()) {
          case ABSENT -> Kind.ABSENT;
          case DEAD -> Kind.DEAD;
          case FORBIDDEN -> Kind.FORBIDDEN;
          case FAILED -> Kind.FAILED;
        };
    return new WatchState(kind, Optional.of(String.valueOf(e.getMessage())));
  }

  /** Whether it can be seen. */
  public boolean isSeen() {
    return kind == Kind.SEEN;
  }
}
