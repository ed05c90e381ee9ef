package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The calls that a test makes itself, through the files like any other program, as {@link #TEST}.
 * Paths and texts have one char for each byte. Immutable.
 *
 * @param files where the paths begin
 */
public record TestCalls(FileCalls files) {
  /** Root, and no process of the made-up machine. */
  static final Caller TEST = Caller.SELF;

  private static final int BLOCK_BYTES = 1 << 16;

  /** Whether a call comes from the test itself, and not from the code under test. */
  static boolean isTest(Caller caller) {
    return caller.tid() == TEST.tid();
  }

  /** {@code cat}. */
  public String read(String path) throws ErrnoException {
    long handle = files.open(TEST, path, new OpenFlags(false, false));
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] block = files.read(TEST, handle, 0, BLOCK_BYTES);
      while (block.length > 0) {
        all.writeBytes(block);
        block = files.read(TEST, handle, all.size(), BLOCK_BYTES);
      }
      return all.toString(StandardCharsets.ISO_8859_1);
    } finally {
      files.release(handle);
    }
  }

  /** {@code printf}: one write. */
  public void write(String path, String text) throws ErrnoException {
    long handle = files.open(TEST, path, new OpenFlags(true, false));
    try {
      int unused = files.write(TEST, handle, text.getBytes(StandardCharsets.ISO_8859_1));
    } finally {
      files.release(handle);
    }
  }
}
