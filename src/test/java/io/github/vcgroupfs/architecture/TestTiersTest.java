package io.github.vcgroupfs.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page on testing: what a test may use is told by its name. */
class TestTiersTest {
  /** Those of which an object is a socket, a connection or another process. */
  private static final Set<String> NOT_MADE_IN_UNIT_TESTS =
      Set.of(
          "java.lang.ProcessBuilder",
          "java.net.ServerSocket",
          "java.net.Socket",
          "java.net.DatagramSocket",
          "io.netty.bootstrap.Bootstrap",
          "io.netty.bootstrap.ServerBootstrap");

  @Test
  void unitTestsHaveNoSocketsNoOtherProcessesAndNoSleep() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are unit tests", type -> outermost(type).matches(".*(Test|Properties)")))
        .should(waitOrReachOutside())
        .check(ImportedClasses.TESTS);
  }

  @Test
  void integrationTestsAreSeenByThatRule() {
    assertThat(
            ImportedClasses.TESTS.stream()
                .filter(type -> outermost(type).endsWith("IT"))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .anyMatch(TestTiersTest::waitsOrReachesOutside))
        .isTrue();
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  private static ArchCondition<JavaClass> waitOrReachOutside() {
    return new ArchCondition<>("sleep, open a socket or start a process") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getAccessesFromSelf().stream()
            .filter(TestTiersTest::waitsOrReachesOutside)
            .forEach(
                access ->
                    events.add(SimpleConditionEvent.satisfied(access, access.getDescription())));
      }
    };
  }

  private static boolean waitsOrReachesOutside(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    boolean sleeps =
        name.equals("sleep")
            && (owner.equals("java.lang.Thread") || owner.equals("java.util.concurrent.TimeUnit"));
    return sleeps || (name.equals("<init>") && NOT_MADE_IN_UNIT_TESTS.contains(owner));
  }
}
