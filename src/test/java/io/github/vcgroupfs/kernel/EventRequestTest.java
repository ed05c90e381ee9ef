package io.github.vcgroupfs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer was asked of a 6.18 kernel. */
class EventRequestTest {
  private static EventRequest parse(String text) throws ErrnoException {
    return EventRequest.parse(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"3 4 1M", " 3 4 1M\n", "3 4 1M\0junk", "4294967299 4294967300 1M", "3 4 1M\u00a0"})
  void theSameRegistration(String text) throws ErrnoException {
    assertThat(parse(text)).isEqualTo(new EventRequest(3, 4, "1M"));
  }

  @Test
  void whatIsMissingIsEmptyOrZero() throws ErrnoException {
    assertThat(parse("3 4")).isEqualTo(new EventRequest(3, 4, ""));
    assertThat(parse("3 4 ")).isEqualTo(new EventRequest(3, 4, ""));
    assertThat(parse("3 4\0 junk")).isEqualTo(new EventRequest(3, 4, ""));
    assertThat(parse("3  4 1M")).as("no digits").isEqualTo(new EventRequest(3, 0, "4 1M"));
    assertThat(parse("18446744073709551619 4")).isEqualTo(new EventRequest(3, 4, ""));
    assertThat(parse("3 4294967295").controlFd()).isEqualTo(-1);
  }

  @Test
  void theRestIsNotTouched() throws ErrnoException {
    assertThat(parse("3 4  1M").args()).isEqualTo(" 1M");
    assertThat(parse("3 4 1M junk").args()).isEqualTo("1M junk");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\n", "3", "3 ", "0x3 4", "-1 3", "3\t4 1M", "3 4\t1M", "+3 4", "3 +4"})
  void anythingElseIsInvalid(String text) {
    ErrnoException refusal = catchThrowableOfType(ErrnoException.class, () -> parse(text));
    assertThat(refusal.errno()).isEqualTo(Errno.EINVAL);
  }
}
