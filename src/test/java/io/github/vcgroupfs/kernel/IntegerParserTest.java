package io.github.vcgroupfs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts and what they are worth in both eras: kernel-facts.md, whole numbers. */
class IntegerParserTest {
  private static final String EINVAL = "EINVAL";

  /** The rows: 3.x, kernfs era, texts. */
  private static final String[][] ROWS = {
    {"1", "1", "1", "1\n", "01", "0x1", "0X1", "1\0garbage"},
    // white space: stripped at both ends; not stripped, exactly one trailing newline
    {"1", EINVAL, " 1", "1 ", "\t1\t", "1\n\n", "\n1", "1\r\n", " 1\n"},
    // base
    {"31", "31", "0x1f", "037", "31"},
    {EINVAL, EINVAL, "08", "0x", "0xg", "1f", "0b1"},
    // a leading plus
    {EINVAL, "1", "+1", "+1\n", "+0x1"},
    {EINVAL, EINVAL, "-1", "-0", "+", "++1", "+-1", "-", "+ 1"},
    // empty, and no digits
    {EINVAL, EINVAL, ""},
    {"0", EINVAL, "\n", " ", "\t \n"},
    // an embedded NUL ends the text
    {"0", EINVAL, "\0", "\0" + "1"},
    // trailing characters
    {EINVAL, EINVAL, "1x", "1 2", "1,", "1k", "1K", "1.0", "1e3", "max"},
    // overflow: wraps silently; ERANGE
    {"0", "ERANGE", "18446744073709551616", "0x10000000000000000"},
    {"200376420520689663", "ERANGE", "99999999999999999999999"},
    {
      "18446744073709551615",
      "18446744073709551615",
      "18446744073709551615",
      "01777777777777777777777"
    },
    // overflow is found before what stands behind the digits: lib/kstrtox.c _kstrtoull
    {EINVAL, "ERANGE", "99999999999999999999999x"},
  };

  /** The same for numbers with a sign. */
  private static final String[][] SIGNED_ROWS = {
    {"1", "1", "1", "1\n", "01", "0x1", "1\0garbage"},
    {"-1", "-1", "-1", "-1\n", "-01", "-0x1"},
    {"0", "0", "0", "-0"},
    {"-1", EINVAL, " -1", "-1 ", "-1\n\n"},
    // a plus is for kstrtoll only, and only the first of signs
    {EINVAL, "1", "+1", "+1\n"},
    {EINVAL, EINVAL, "+", "++1", "+-1", "-+1", "--1", "- 1", "-x"},
    // no digits are 0 in 3.x, even behind a sign
    {"0", EINVAL, "-", "\n", " "},
    {EINVAL, EINVAL, "", "1x", "-1x", "1 2", "-1 2", "max"},
    // the ends of the range
    {"9223372036854775807", "9223372036854775807", "9223372036854775807", "0x7fffffffffffffff"},
    {"-9223372036854775808", "-9223372036854775808", "-9223372036854775808"},
    {"-9223372036854775808", "ERANGE", "9223372036854775808"},
    {"9223372036854775807", "ERANGE", "-9223372036854775809"},
    {"-1", "ERANGE", "18446744073709551615"},
    {"0", "ERANGE", "18446744073709551616", "-18446744073709551616"},
  };

  static Stream<Arguments> rows() {
    return texts(ROWS);
  }

  static Stream<Arguments> signedRows() {
    return texts(SIGNED_ROWS);
  }

  private static Stream<Arguments> texts(String[][] rows) {
    return Stream.of(rows)
        .flatMap(
            row ->
                Stream.of(row)
                    .skip(2)
                    .map(
                        text -> Arguments.of(LimitParserTest.escaped(text), row[0], row[1], text)));
  }

  @ParameterizedTest(name = "\"{0}\" is {1} or {2}")
  @MethodSource("rows")
  void readsAsTheEraDoes(String shown, String simple, String strict, String text) {
    assertThat(read(IntegerParser.SIMPLE_STRTOULL, text)).as("3.x, %s", shown).isEqualTo(simple);
    assertThat(read(IntegerParser.KSTRTOULL, text)).as("kernfs, %s", shown).isEqualTo(strict);
  }

  @ParameterizedTest(name = "\"{0}\" is {1} or {2}")
  @MethodSource("signedRows")
  void readsSignedNumbersAsTheEraDoes(String shown, String simple, String strict, String text) {
    assertThat(signed(IntegerParser.SIMPLE_STRTOULL, text)).as("3.x, %s", shown).isEqualTo(simple);
    assertThat(signed(IntegerParser.KSTRTOULL, text)).as("kernfs, %s", shown).isEqualTo(strict);
  }

  private static String signed(IntegerParser parser, String text) {
    try {
      return Long.toString(parser.parseSigned(LimitParserTest.bytes(text)));
    } catch (ErrnoException refusal) {
      return refusal.errno().name();
    }
  }

  private static String read(IntegerParser parser, String text) {
    try {
      return Long.toUnsignedString(parser.parse(LimitParserTest.bytes(text)));
    } catch (ErrnoException refusal) {
      return refusal.errno().name();
    }
  }
}
