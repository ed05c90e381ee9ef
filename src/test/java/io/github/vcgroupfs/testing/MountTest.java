package io.github.vcgroupfs.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A class of tests that need a mount: skipped without FUSE, each test bounded in time, with a dump
 * of all threads when the time is over. A thread that hangs in a system call is given up.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@EnabledIfFuseAvailable
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(MountTest.DumpOnTimeout.class)
public @interface MountTest {

  /** Prints what every thread of this JVM does. */
  final class DumpOnTimeout implements TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      if (failure instanceof TimeoutException) {
        System.err.println("threads when " + context.getDisplayName() + " took too long:");
        Thread.getAllStackTraces()
            .forEach(
                (thread, stack) -> {
                  System.err.println(thread);
                  for (StackTraceElement element : stack) {
                    System.err.println("    at " + element);
                  }
                });
      }
      throw failure;
    }
  }
}
