package io.github.vcgroupfs.hostview;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Handlers for signals. The JDK has these only in {@code sun.misc}. The compiler warns about using
 * that package, and the warning cannot be turned off; so reflection is used. Has no state.
 */
final class Signals {
  private Signals() {}

  /**
   * Gives the numbers of a signal to a handler from now on. One that is ignored, as under nohup, is
   * ignored still.
   *
   * @param name without {@code SIG}
   */
  static void handle(String name, IntConsumer handler) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object signal = signalType.getConstructor(String.class).newInstance(name);
      int number = (int) signalType.getMethod("getNumber").invoke(signal);
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  handler.accept(number);
                  return null;
                }
                return method.invoke(number, arguments); // toString and its like
              });
      Object before =
          signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, ours);
      Object ignored = handlerType.getField("SIG_IGN").get(null);
      if (before.equals(ignored)) {
        signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, ignored);
      }
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | NoSuchFieldException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      throw new IllegalStateException("SIG" + name + " cannot be handled on this JDK", e);
    }
  }
}
