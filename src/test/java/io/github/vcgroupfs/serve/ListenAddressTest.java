package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a server listens, and whether others reach that. */
class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8180, 8180, true",
    "127.1.2.3:0, 0, true",
    "[::1]:8180, 8180, true",
    "0.0.0.0:8180, 8180, false",
    "[::]:8180, 8180, false",
    "10.1.2.3:65535, 65535, false",
  })
  void addresses(String text, int port, boolean loopback) throws Exception {
    ListenAddress address = ListenAddress.parse(text);
    assertThat(address.port()).isEqualTo(port);
    assertThat(address.isLoopback()).isEqualTo(loopback);
    assertThat(address).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8180",
        "localhost",
        "localhost:",
        ":8180",
        "a:b",
        "127.0.0.1:65536",
        "::1:80"
      })
  void everythingElseIsTold(String text) {
    assertThatThrownBy(() -> ListenAddress.parse(text))
        .isInstanceOf(ServeException.class)
        .hasMessageContaining("\"" + text + "\" is no HOST:PORT");
  }
}
