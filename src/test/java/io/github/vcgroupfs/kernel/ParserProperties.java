package io.github.vcgroupfs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The parsers against {@link ReferenceParser}, over texts that look like limits and over garbage.
 * The seed is fixed and printed in the report of a failure; {@code @Property(seed = "")} makes it
 * random.
 */
class ParserProperties {
  private static final LimitParser RES = new LimitParser(CounterEra.RES_COUNTER, "KMG");
  private static final LimitParser PAGE = new LimitParser(CounterEra.PAGE_COUNTER, "KMGTPE");

  @Property(seed = "20111206", tries = 20_000)
  void aResCounterLimitIsWhatTheReferenceSays(@ForAll("texts") String text) {
    assertThat(units(() -> RES.parse(LimitParserTest.bytes(text))))
        .isEqualTo(ReferenceParser.resBytes(text));
  }

  @Property(seed = "20111206", tries = 20_000)
  void aPageCounterLimitIsWhatTheReferenceSays(@ForAll("texts") String text) {
    assertThat(units(() -> PAGE.parse(LimitParserTest.bytes(text))))
        .isEqualTo(ReferenceParser.pages(text));
  }

  @Property(seed = "20111206", tries = 20_000)
  void anIntegerOf3xIsWhatTheReferenceSays(@ForAll("nonEmptyTexts") String text) {
    assertThat(units(() -> IntegerParser.SIMPLE_STRTOULL.parse(LimitParserTest.bytes(text))))
        .isEqualTo(ReferenceParser.simple(text));
  }

  @Property(seed = "20111206", tries = 20_000)
  void anyNumberSurvivesBeingWrittenInAnyBase(@ForAll long value, @ForAll("bases") String format) {
    String text = format.formatted(value);
    if (format.equals("%d")) {
      text = Long.toUnsignedString(value);
    }
    BigInteger wanted = new BigInteger(Long.toUnsignedString(value));
    byte[] bytes = LimitParserTest.bytes(text);
    assertThat(units(() -> IntegerParser.SIMPLE_STRTOULL.parse(bytes))).isEqualTo(wanted);
    assertThat(units(() -> IntegerParser.KSTRTOULL.parse(bytes))).isEqualTo(wanted);
  }

  @Property(seed = "20111206", tries = 20_000)
  void noTextMakesAParserFailInAnotherWayThanByErrno(@ForAll byte[] bytes) {
    for (Reading reading : readings(bytes)) {
      units(reading); // anything but an ErrnoException passes through and fails the property
    }
  }

  @Provide
  Arbitrary<String> bases() {
    return Arbitraries.of("%d", "0x%x", "0X%X", "0%o");
  }

  @Provide
  Arbitrary<String> nonEmptyTexts() {
    return texts().filter(text -> !text.isEmpty());
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> blanks =
        Arbitraries.strings().withChars(" \t\n\r\f\u000b\u00a0").ofMaxLength(2);
    Arbitrary<String> heads = Arbitraries.of("", "", "", "-", "+", "0", "0x", "0X", "-0", "\0");
    Arbitrary<String> digits =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Long::toUnsignedString),
            Arbitraries.longs().between(0, 1L << 20).map(String::valueOf),
            Arbitraries.bigIntegers()
                .between(BigInteger.ZERO, BigInteger.ONE.shiftLeft(80))
                .map(String::valueOf),
            Arbitraries.strings().withChars("0123456789abcdefABCDEF").ofMaxLength(18));
    Arbitrary<String> tails =
        Arbitraries.of(
            "", "", "k", "K", "m", "M", "g", "G", "t", "T", "p", "P", "e", "E", "kk", "b");
    Arbitrary<String> likely =
        Combinators.combine(blanks, heads, digits, tails, blanks)
            .as((before, head, digit, tail, after) -> before + head + digit + tail + after);
    Arbitrary<String> garbage = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(12);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, likely), net.jqwik.api.Tuple.of(1, garbage));
  }

  private static Reading[] readings(byte[] bytes) {
    return new Reading[] {
      () -> RES.parse(bytes),
      () -> PAGE.parse(bytes),
      () -> IntegerParser.SIMPLE_STRTOULL.parse(bytes),
      () -> IntegerParser.KSTRTOULL.parse(bytes)
    };
  }

  private static BigInteger units(Reading reading) {
    try {
      return new BigInteger(Long.toUnsignedString(reading.value()));
    } catch (ErrnoException refusal) {
      assertThat(refusal.errno()).isIn(Errno.EINVAL, Errno.ERANGE);
      return null;
    }
  }

  private interface Reading {
    long value() throws ErrnoException;
  }
}
