package io.github.vcgroupfs.junit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterInfo;

/** What the part of JUnit for parameterized tests knows. Loaded only for such tests. */
final class Arguments {
  private Arguments() {}

  /** How many arguments the invocation of a parameterized test or class has. */
  static int count(ExtensionContext context) {
    ParameterInfo info = ParameterInfo.get(context);
    return info == null ? 0 : info.getArguments().size();
  }
}
