package io.github.vcgroupfs.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void anObjectIsRead() throws Exception {
    assertThat(Json.object("{\"group\":\"/web\"}".getBytes(UTF_8))).containsEntry("group", "/web");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "1", "{", "{\"a\":1,\"a\":2}"})
  void whatIsNoObjectIsRefused(String text) {
    assertThatThrownBy(() -> Json.object(text.getBytes(UTF_8)))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("no JSON object");
  }
}
