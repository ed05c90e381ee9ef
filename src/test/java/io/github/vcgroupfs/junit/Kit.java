package io.github.vcgroupfs.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes inside of a test, as JUnit would, and tells how they ended. */
final class Kit {
  private Kit() {}

  /** Runs a class. */
  static EngineExecutionResults run(Class<?> testClass) {
    return builder(testClass).execute();
  }

  /** A run of a class that is not started yet. */
  static EngineTestKit.Builder builder(Class<?> testClass) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(testClass));
  }

  /** How the tests ended, and the classes that did not end well: {@code NAME STATUS}, sorted. */
  static List<String> outcomes(EngineExecutionResults results) {
    return results.allEvents().finished().stream()
        .filter(event -> event.getTestDescriptor().isTest() || !succeeded(event))
        .map(event -> name(event) + " " + result(event).getStatus())
        .sorted()
        .collect(Collectors.toList());
  }

  /** What went wrong in a run, or was not to go on. */
  static List<Throwable> failures(EngineExecutionResults results) {
    return results.allEvents().finished().stream()
        .filter(event -> !succeeded(event))
        .map(event -> result(event).getThrowable().orElseThrow())
        .toList();
  }

  /** The one failure of a run. */
  static Throwable failure(EngineExecutionResults results) {
    List<Throwable> all = failures(results);
    if (all.size() != 1) {
      throw new AssertionError("not one failure but " + all);
    }
    return all.get(0);
  }

  private static String name(Event event) {
    return event.getTestDescriptor().getDisplayName();
  }

  private static boolean succeeded(Event event) {
    return result(event).getStatus() == TestExecutionResult.Status.SUCCESSFUL;
  }

  private static TestExecutionResult result(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class);
  }
}
