package io.github.vcgroupfs.fuse;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Closure;
import com.kenai.jffi.ClosureManager;
import com.kenai.jffi.Type;
import io.github.vcgroupfs.os.NativeFunction;
import io.github.vcgroupfs.os.NativeMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The table of functions that libfuse calls, {@code struct fuse_operations}: C on one side, {@link
 * CgroupFuse} on the other. jnr-fuse has such a table, too. It is not taken because each entry of
 * it is a class that is made at the start, by reflection: 100 ms for all (benchmarks.md, Where a
 * start goes). Here an entry is a number and the letters of its parameters.
 */
final class Operations implements OperationTable {
  /** One for each entry, with the one that holds the flags: libfuse 2.9. */
  private static final int ENTRIES = 45;

  private static final int FLAGS = 38;

  /**
   * nullpath_ok, so that calls on a handle of a removed group reach us and are ENODEV, where
   * libfuse by itself says ENOENT; nopath, so that no path is made where a handle is there;
   * utime_omit_ok, so that UTIME_NOW and UTIME_OMIT are passed on.
   */
  private static final byte TAKES_HANDLES = 0b111;

  private final CgroupFuse fuse;
  private final NativeMemory table = NativeMemory.allocate(tableBytes());

  /** Lets them live as long as this object. */
  private final List<Closure.Handle> kept = new ArrayList<>();

  private final Map<String, CallContext> contexts = new HashMap<>();

  /** The entries by their place in the table, which is that of libfuse's {@code fuse.h}. */
  private enum Operation {
    GETATTR(0, "pp"),
    READLINK(1, "ppp"),
    MKNOD(3, "pip"),
    MKDIR(4, "pi"),
    UNLINK(5, "p"),
    RMDIR(6, "p"),
    SYMLINK(7, "pp"),
    RENAME(8, "pp"),
    LINK(9, "pp"),
    CHMOD(10, "pi"),
    CHOWN(11, "pii"),
    TRUNCATE(12, "pp"),
    OPEN(14, "pp"),
    READ(15, "ppppp"),
    WRITE(16, "ppppp"),
    STATFS(17, "pp"),
    RELEASE(19, "pp"),
    FSYNC(20, "pip"),
    SETXATTR(21, "ppppi"),
    GETXATTR(22, "pppp"),
    LISTXATTR(23, "ppp"),
    REMOVEXATTR(24, "pp"),
    OPENDIR(25, "pp"),
    READDIR(26, "ppppp"),
    RELEASEDIR(27, "pp"),
    INIT(29, "p"),
    CREATE(32, "pip"),
    FTRUNCATE(33, "ppp"),
    FGETATTR(34, "ppp"),
    UTIMENS(36, "pp"),
    POLL(40, "pppp");

    private final int place;

    /** p: an address, a size or an offset; i: an int. */
    private final String parameters;

    Operation(int place, String parameters) {
      this.place = place;
      this.parameters = parameters;
    }
  }

  /**
   * A table whose entries call this object.
   *
   * @param fuse carries them out
   */
  Operations(CgroupFuse fuse) {
    this.fuse = fuse;
    for (Operation each : Operation.values()) {
      Closure.Handle handle =
          ClosureManager.getInstance().newClosure(new Callback(each), context(each));
      kept.add(handle);
      table.putLong((long) Long.BYTES * each.place, handle.getAddress());
    }
    table.putByte((long) Long.BYTES * FLAGS, TAKES_HANDLES);
  }

  @Override
  public NativeMemory memory() {
    return table;
  }

  @Override
  public int bytes() {
    return tableBytes();
  }

  /** Its size. */
  static int tableBytes() {
    return Long.BYTES * ENTRIES;
  }

  /** By its name, where an operation is: for a test. */
  static Map<String, Long> places() {
    Map<String, Long> places = new HashMap<>();
    for (Operation each : Operation.values()) {
      places.put(each.name(), (long) Long.BYTES * each.place);
    }
    return places;
  }

  private CallContext context(Operation operation) {
    boolean pointer = operation == Operation.INIT;
    return contexts.computeIfAbsent(
        operation.parameters + (pointer ? "=p" : ""), key -> newContext(operation, pointer));
  }

  private static CallContext newContext(Operation operation, boolean pointer) {
    Type[] types = new Type[operation.parameters.length()];
    for (int i = 0; i < types.length; i++) {
      types[i] = operation.parameters.charAt(i) == 'p' ? Type.SINT64 : Type.SINT32;
    }
    return CallContext.getCallContext(
        pointer ? Type.SINT64 : Type.SINT32, types, CallingConvention.DEFAULT, false);
  }

  /** One entry. */
  private final class Callback implements Closure {
    private final Operation operation;

    Callback(Operation operation) {
      this.operation = operation;
    }

    @Override
    public void invoke(Buffer c) {
      if (operation == Operation.INIT) {
        fuse.init();
        c.setLongReturn(c.getLong(0));
        return;
      }
      int result;
      try {
        result = result(c);
      } catch (Throwable defect) { // before or behind the dispatcher: no memory for a path, say
        result = Dispatcher.failed(operation.name(), null, defect);
      }
      c.setIntReturn(result);
    }

    private int result(Buffer c) {
      return switch (operation) {
        case GETATTR -> fuse.getattr(path(c, 0), memory(c, 1));
        case READLINK -> fuse.readlink(path(c, 0), memory(c, 1), c.getLong(2));
        case MKNOD -> fuse.mknod(path(c, 0), c.getInt(1));
        case MKDIR -> fuse.mkdir(path(c, 0), c.getInt(1));
        case UNLINK -> fuse.unlink(path(c, 0));
        case RMDIR -> fuse.rmdir(path(c, 0));
        case SYMLINK -> fuse.symlink(path(c, 1));
        case RENAME -> fuse.rename(path(c, 0), path(c, 1));
        case LINK -> fuse.link(path(c, 1));
        case CHMOD -> fuse.chmod(path(c, 0), c.getInt(1));
        case CHOWN -> fuse.chown(path(c, 0), c.getInt(1), c.getInt(2));
        case TRUNCATE -> fuse.truncate(path(c, 0), c.getLong(1));
        case OPEN -> fuse.open(path(c, 0), memory(c, 1));
        case READ -> fuse.read(memory(c, 1), c.getLong(2), c.getLong(3), memory(c, 4));
        case WRITE -> fuse.write(memory(c, 1), c.getLong(2), memory(c, 4));
        case STATFS -> fuse.statfs(memory(c, 1));
        case RELEASE -> fuse.release(memory(c, 1));
        case FSYNC -> fuse.fsync(memory(c, 2));
        case SETXATTR ->
            fuse.setxattr(path(c, 0), path(c, 1), memory(c, 2), c.getLong(3), c.getInt(4));
        case GETXATTR -> fuse.getxattr(path(c, 0), path(c, 1), memory(c, 2), c.getLong(3));
        case LISTXATTR -> fuse.listxattr(path(c, 0), memory(c, 1), c.getLong(2));
        case REMOVEXATTR -> fuse.removexattr(path(c, 0), path(c, 1));
        case OPENDIR -> fuse.opendir(path(c, 0), memory(c, 1));
        case READDIR -> fuse.readdir(filler(c), c.getLong(3), memory(c, 4));
        case RELEASEDIR -> fuse.releasedir(memory(c, 1));
        case CREATE -> fuse.create(path(c, 0));
        case FTRUNCATE -> fuse.ftruncate(c.getLong(1), memory(c, 2));
        case FGETATTR -> fuse.fgetattr(memory(c, 1), memory(c, 2));
        case UTIMENS -> fuse.utimens(path(c, 0), memory(c, 1));
        case POLL -> fuse.poll(memory(c, 1), memory(c, 3));
        case INIT -> throw new IllegalStateException("it returns no number");
      };
    }

    private static String path(Buffer c, int index) {
      return Objects.requireNonNull(NativeMemory.textAt(c.getLong(index)));
    }

    private static NativeMemory memory(Buffer c, int index) {
      return NativeMemory.at(c.getLong(index));
    }

    private static Listings.Filler filler(Buffer c) {
      return new NativeFiller(c.getLong(1), new NativeFunction(c.getLong(2)));
    }
  }
}
