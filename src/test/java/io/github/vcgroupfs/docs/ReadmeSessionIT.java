package io.github.vcgroupfs.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sessions of the README, of the relay and of captures. */
@Tag("single-cpu")
class ReadmeSessionIT {
  @BeforeAll
  @Timeout(Sessions.BUILD_SECONDS)
  static void build() throws Exception {
    Sessions.buildIfNeedBe();
  }

  static Stream<Arguments> sessions() throws IOException {
    return Sessions.of("README.md", "src/site/markdown/relay.md", "src/site/markdown/capture.md");
  }

  @ParameterizedTest(name = "{0}, session {1}")
  @MethodSource("sessions")
  void theSessionGoesAsThePageSays(String page, int number, @TempDir Path folder) throws Exception {
    Sessions.replay(page, number, folder);
  }
}
