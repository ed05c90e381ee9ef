package io.github.vcgroupfs.traffic.tcp;

/** A reader's own buffer, for kernels that copy into it while it waits: {@code tp->ucopy}. */
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

  /** Whether that many bytes fit. */
  boolean wants(int bytes);

  /** So many bytes were copied. */
  void took(int bytes);
}
