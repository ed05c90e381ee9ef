package io.github.vcgroupfs.os;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Function;
import com.kenai.jffi.HeapInvocationBuffer;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Type;
import java.util.Arrays;

/**
 * A C function whose arguments are whole numbers and addresses, each passed in 64 bits: on the
 * machines that we know a function takes of them what its type needs. What it returns is 64 bits,
 * too; a caller whose function returns an {@code int} takes the lower half. Immutable.
 */
public final class NativeFunction {
  private static final Invoker INVOKER = Invoker.getInstance();
  private static final LastError LAST_ERROR = LastError.getInstance();
  private static final int MOST_ARGUMENTS = 7;

  /** By how many arguments there are: they say how a function is called, and are made only once. */
  private static final CallContext[] CONTEXTS = contexts();

  private final long address;

  /**
   * A function.
   *
   * @param address where its code is
   */
  public NativeFunction(long address) {
    this.address = address;
  }

  private static CallContext[] contexts() {
    CallContext[] contexts = new CallContext[MOST_ARGUMENTS + 1];
    for (int count = 0; count <= MOST_ARGUMENTS; count++) {
      Type[] parameters = new Type[count];
      Arrays.fill(parameters, Type.SINT64);
      contexts[count] =
          CallContext.getCallContext(Type.SINT64, parameters, CallingConvention.DEFAULT, true);
    }
    return contexts;
  }

  /** The errno of the last call of a function by this thread. */
  static int errno() {
    return LAST_ERROR.get();
  }

  public long call() {
    return INVOKER.invokeN0(CONTEXTS[0], address);
  }

  public long call(long a) {
    return INVOKER.invokeN1(CONTEXTS[1], address, a);
  }

  public long call(long a, long b) {
    return INVOKER.invokeN2(CONTEXTS[2], address, a, b);
  }

  public long call(long a, long b, long c) {
    return INVOKER.invokeN3(CONTEXTS[3], address, a, b, c);
  }

  public long call(long a, long b, long c, long d) {
    return INVOKER.invokeN4(CONTEXTS[4], address, a, b, c, d);
  }

  public long call(long a, long b, long c, long d, long e) {
    return INVOKER.invokeN5(CONTEXTS[5], address, a, b, c, d, e);
  }

  public long call(long a, long b, long c, long d, long e, long f) {
    return INVOKER.invokeN6(CONTEXTS[6], address, a, b, c, d, e, f);
  }

  /** With any number of arguments up to seven; slower than the others. */
  public long callWith(long... arguments) {
    Function function = new Function(address, CONTEXTS[arguments.length]);
    HeapInvocationBuffer buffer = new HeapInvocationBuffer(function);
    for (long each : arguments) {
      buffer.putLong(each);
    }
    return INVOKER.invokeLong(function, buffer);
  }
}
