package io.github.vcgroupfs.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Runs a test only where a mount is possible. With {@code -Dvcgroupfs.fuse.required=true} it fails
 * there instead of being skipped, so that CI cannot pass for nothing.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(EnabledIfFuseAvailable.Condition.class)
public @interface EnabledIfFuseAvailable {

  /** Looks for the device and for the jar. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Optional<String> missing = missing();
      if (missing.isEmpty()) {
        return ConditionEvaluationResult.enabled("FUSE is available");
      }
      if (Boolean.getBoolean("vcgroupfs.fuse.required")) {
        throw new IllegalStateException("vcgroupfs.fuse.required is set, but " + missing.get());
      }
      return ConditionEvaluationResult.disabled(missing.get());
    }

    private static Optional<String> missing() {
      Path device = Path.of("/dev/fuse");
      if (!Files.isReadable(device) || !Files.isWritable(device)) {
        return Optional.of("/dev/fuse cannot be opened");
      }
      if (!Files.exists(Program.JAR)) {
        return Optional.of(Program.JAR + " is not built");
      }
      return Optional.empty();
    }
  }
}
