package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * For a file that holds a flag or a number: {@code read_u64} and {@code write_u64}. A write must be
 * a whole number, in the form that {@code kstrtoull} accepts.
 */
public final class NumberHandler implements Restorable {
  private final ToLongFunction<FileTarget> load;
  private final @Nullable Store store;

  private NumberHandler(ToLongFunction<FileTarget> load, @Nullable Store store) {
    this.load = load;
    this.store = store;
  }

  /** Stores a number that was written. */
  public interface Store {
    /**
     * Stores the number.
     *
     * @param value unsigned, 64 bits
     * @throws ErrnoException the error with which the kernel refuses the number
     */
    void store(FileTarget target, long value) throws ErrnoException;
  }

  /** A handler for a number that can only be read; unsigned. */
  public static NumberHandler readOnly(ToLongFunction<FileTarget> load) {
    return new NumberHandler(load, null);
  }

  /** A handler for a number that can be read and written; unsigned. */
  public static NumberHandler writable(ToLongFunction<FileTarget> load, Store store) {
    return new NumberHandler(load, store);
  }

  @Override
  public ReadShape readShape() {
    return ReadShape.NUMBER;
  }

  @Override
  public WriteShape writeShape() {
    return store == null ? WriteShape.NONE : WriteShape.INTEGER;
  }

  @Override
  public String read(FileTarget target) {
    return Long.toUnsignedString(load.applyAsLong(target)) + "\n";
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    if (store == null) {
      Restorable.super.write(target, written);
    } else {
      store.store(target, target.tree().profile().integers().parse(written));
    }
  }

  @Override
  public Restoring restoring() {
    return store == null ? Restoring.NEVER : Restoring.FLAGS;
  }

  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    if (!agrees(target, recorded)) {
      write(target, recorded.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Override
  public boolean agrees(FileTarget target, String recorded) {
    return recorded.equals(read(target));
  }
}
