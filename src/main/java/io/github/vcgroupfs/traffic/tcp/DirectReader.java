package io.github.vcgroupfs.traffic.tcp;

/**
 * A reader that waits with a buffer of its own. Some kernels copy arriving data straight into it:
 * {@code tp->ucopy}.
 */
public interface DirectReader {
  /** Nobody reads directly. */
  DirectReader NOBODY =
      new DirectReader() {
        @Override
        public boolean wants(int bytes) {
          return false;
        }

        @Override
        public void took(int bytes) {
          throw new IllegalStateException("nobody wanted " + bytes + " bytes");
        }
      };

  /** Whether this many bytes fit. */
  boolean wants(int bytes);

  /** This many bytes were copied. */
  void took(int bytes);
}
