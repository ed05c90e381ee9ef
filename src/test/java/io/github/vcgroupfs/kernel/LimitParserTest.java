package io.github.vcgroupfs.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts and what they are worth in both eras: kernel-facts.md, byte limits. Values are what a read
 * shows.
 */
class LimitParserTest {
  private static final LimitParser RES = new LimitParser(CounterEra.RES_COUNTER, "KMG");
  private static final LimitParser PAGE = new LimitParser(CounterEra.PAGE_COUNTER, "KMGTPE");
  private static final String MAXR = "9223372036854775807";
  private static final String MAXP = "9223372036854771712";
  private static final String EINVAL = "EINVAL";

  /** The rows: value in the res_counter era, value in the page_counter era, texts. */
  private static final String[][] ROWS = {
    {"0", "0", "", "\n", " ", " \t\r\n\u000b\f", "0", "00", "0x0"},
    {MAXR, MAXP, "-1", "-1\n", " -1 "},
    {MAXR, EINVAL, "-01", "-0000001", "-01\n"},
    {EINVAL, EINVAL, "-0", "-2", "- 1", "-", "--1", "-1k", "-1 1", "-0x1", "-10", "-1-"},
    {EINVAL, EINVAL, "abc", "max", "unlimited", "+4096", "0x", "08", "1e3", "1.5G", "0b1000"},
    {EINVAL, EINVAL, "4Kb", "4KB", "4 k", "4096,", "4096 8192", "0xg", "k4", "1KK", "4096\n4096"},
    {"4096", "0", "1", "4095", "1k", "0x1", "0xfff", "07777", "1K"},
    {"4096", "4096", "4096", "4096\n", "\t4096\t", "4096\n\n", "4k", "4K", "0x1000", "0X1000"},
    {"4096", "4096", "010000", "4096\0garbage", "4k\0", "0x4k", "00000010000"},
    {"8192", "4096", "4097", "8191"},
    {"1048576", "1048576", "1m", "1M", "0x1m", "01M"},
    {"1073741824", "1073741824", "1g", "1G"},
    {EINVAL, "1099511627776", "1T", "1t"},
    {EINVAL, "1125899906842624", "1P", "1p"},
    {EINVAL, "1152921504606846976", "1E", "1e", "17E"},
    {EINVAL, "8070450532247928832", "7E"},
    {EINVAL, MAXP, "8E", "8388608T"},
    {EINVAL, "0", "16E", "16777216T"},
    {"0", "0", "17179869184G", "18446744073709551616", "0x10000000000000000"},
    {"9223372036854775808", MAXP, "9223372036854775807", "9223372036854775808"},
    {"0", MAXP, "18446744073709551615"},
    {"200376420520689664", "200376420520685568", "99999999999999999999999"},
    {"0", "0", "\0anything", "\0", " \0 4096"},
  };

  static Stream<Arguments> rows() {
    return Stream.of(ROWS)
        .flatMap(
            row ->
                Stream.of(row)
                    .skip(2)
                    .map(text -> Arguments.of(escaped(text), row[0], row[1], text)));
  }

  @ParameterizedTest(name = "\"{0}\" is {1} or {2}")
  @MethodSource("rows")
  void readsAsTheEraDoes(String shown, String res, String page, String text) {
    assertThat(read(RES, text)).as("res_counter era, \"%s\"", shown).isEqualTo(res);
    assertThat(read(PAGE, text)).as("page_counter era, \"%s\"", shown).isEqualTo(page);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void onlyTheTextForNoLimitIsMinusOne(String shown, String res, String page, String text) {
    // as usage, "no limit" is refused; a number that happens to be the ceiling is not
    assertThat(RES.isMinusOne(bytes(text))).as(shown).isEqualTo(res.equals(MAXR));
    assertThat(PAGE.isMinusOne(bytes(text)))
        .as(shown)
        .isEqualTo(Set.of("-1", "-1\n", " -1 ").contains(text));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aRefusalNamesTheTextAndWhatWouldWork(String shown, String res, String page, String text) {
    if (res.equals(EINVAL)) {
      assertThatExceptionOfType(ErrnoException.class)
          .isThrownBy(() -> RES.parse(bytes(text)))
          .withMessageContaining(KernelText.strip(text))
          .withMessageContaining("-1 for no limit");
    }
  }

  private static String read(LimitParser parser, String text) {
    try {
      long units = parser.parse(bytes(text));
      return Long.toUnsignedString(parser.era().toBytes(units));
    } catch (ErrnoException refusal) {
      return refusal.errno().name();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c < ' ' ? "\\x%02x".formatted((int) c) : String.valueOf(c));
    }
    return out.toString();
  }
}
