package io.github.vcgroupfs.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges of addresses. */
class SubnetTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.2, false",
    "10.1.2.3/31, 10.1.2.2, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "fe80::/10, fe80::1, true",
    "fe80::/10, febf::1, true",
    "fe80::/10, fec0::1, false",
    "::1, ::1, true",
    "::/0, 127.0.0.1, false",
    "127.0.0.0/8, ::ffff:127.0.0.1, true"
  })
  void holdsTheAddressesThatBeginAlike(String range, String address, boolean in) throws Exception {
    assertThat(Subnet.parse(range).contains(InetAddress.getByName(address))).isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "::/129",
        "10.0.0/8",
        "localhost",
        "10.0.0.0/",
        "1.2.3.256",
        "/8",
        "10.0.0.0/8/8",
        "10.0.0.0/-1",
        ":::",
        "none/8",
        " 10.0.0.0"
      })
  void otherTextsAreRefusedWithASentence(String text) {
    assertThatThrownBy(() -> Subnet.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("write such as 10.0.0.0/8");
  }

  @Test
  void theRangesThatEveryStartHasAreAsTheyWouldBeRead() {
    assertThat(Subnet.parseAll(Subnet.LINK_LOCAL))
        .isEqualTo(Arrays.stream(Subnet.LINK_LOCAL.split(",", -1)).map(Subnet::parse).toList());
  }

  @Test
  void listsHaveCommas() {
    assertThat(Subnet.parseAll("none")).isEmpty();
    assertThat(Subnet.parseAll("")).isEmpty();
    assertThat(Subnet.parseAll(Subnet.LINK_LOCAL).toString())
        .isEqualTo("[169.254.0.0/16, fe80::/10]");
    assertThat(Subnet.parseAll("10.0.0.0/8")).isEqualTo(List.of(Subnet.parse("10.0.0.0/8")));
  }
}
