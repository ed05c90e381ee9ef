package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.IntegerParser;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * For a file that holds a flag or a number: {@code read_u64} and {@code write_u64}, or {@code
 * read_s64} and {@code write_s64}. A write must be a whole number, in the form that {@code
 * kstrtoull} or {@code kstrtoll} accepts.
 */
public final class NumberHandler implements Restorable {
  private final ToLongFunction<FileTarget> load;
  private final @Nullable Store store;
  private final boolean signed;

  private NumberHandler(ToLongFunction<FileTarget> load, @Nullable Store store, boolean signed) {
    this.load = load;
    this.store = store;
    this.signed = signed;
  }

  /** Stores a number that was written. */
  public interface Store {
    /**
     * Stores the number.
     *
     * @param value 64 bits, unsigned or signed as the file
     * @throws ErrnoException the error with which the kernel refuses the number
     */
    void store(FileTarget target, long value) throws ErrnoException;
  }

  /** A handler for a number that can only be read; unsigned. */
  public static NumberHandler readOnly(ToLongFunction<FileTarget> load) {
    return new NumberHandler(load, null, false);
  }

  /** A handler for a number that can be read and written; unsigned. */
  public static NumberHandler writable(ToLongFunction<FileTarget> load, Store store) {
    return new NumberHandler(load, store, false);
  }

  /** A handler for a number that can be read and written; signed. */
  public static NumberHandler signed(ToLongFunction<FileTarget> load, Store store) {
    return new NumberHandler(load, store, true);
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
    long value = load.applyAsLong(target);
    return (signed ? Long.toString(value) : Long.toUnsignedString(value)) + "\n";
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    if (store == null) {
      Restorable.super.write(target, written);
    } else {
      IntegerParser integers = target.tree().profile().integers();
      store.store(target, signed ? integers.parseSigned(written) : integers.parse(written));
    }
  }

  /** Whether the number may be negative. */
  public boolean isSigned() {
    return signed;
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
