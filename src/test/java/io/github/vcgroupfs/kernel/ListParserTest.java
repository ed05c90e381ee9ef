package io.github.vcgroupfs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ListParserTest {
  private static final int BITS = 8;
  private static final int TRIES = 50_000;
  private static final String[] PIECES = {
    "0", "1", "2", "7", "8", "-", "-", ",", ",", ":", "/", " ", "\n", "N", "all", "x", "4294967296"
  };

  private static String answer(ListParser parser, String text, int bits) {
    try {
      return NumberLists.show(parser.parse(text, bits));
    } catch (ErrnoException refusal) {
      assertThat(refusal.getMessage()).contains(": ");
      return refusal.errno().name();
    }
  }

  /** What a 6.18 kernel with two processors said to {@code printf TEXT > cpuset.cpus}. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "'0,', 0",
    "',0', 0",
    "0 1, 0-1",
    "'0,,1', 0-1",
    "0-1:1/2, 0",
    "0-1:2/2, 0-1",
    "0-1:0/1, ''",
    "0-7:1/2, ERANGE",
    "0-1:3/2, EINVAL",
    "0-1:0/0, EINVAL",
    "0:1/2, EINVAL",
    "'0-1:1/1,1', 0-1",
    "all, 0-1",
    "ALL, 0-1",
    "all:1/2, 0",
    "allx, EINVAL",
    "N, 1",
    "0-N, 0-1",
    "2, ERANGE",
    "99999, ERANGE",
    "4294967295, EINVAL",
    "4294967296, EOVERFLOW",
    "0x0, EINVAL",
    "1-0, EINVAL",
    "0-, EINVAL",
    "-1, EINVAL",
    "0-1-2, EINVAL",
    "'0\n1', 0",
    "'0-1:1/2\n1', 0-1",
    "1-1:1/4294967295, '0-1'",
  })
  void asTheKernelOf618(String text, String wanted) {
    assertThat(answer(ListParser.NAMES, text, 2)).isEqualTo(wanted);
  }

  /** Where the parsers of {@code lib/bitmap.c} differ; worked out from their sources. */
  @ParameterizedTest
  @CsvSource({
    // text,     DIGITS, BLANKS, GROUPS, CHECKED, REGIONS, NAMES
    "'1,',       1,      1,      1,      1,       1,       1",
    "',1',       0-1,    1,      1,      1,       1,       1",
    "'1,,2',     0-2,    1-2,    1-2,    1-2,     1-2,     1-2",
    "'1, 2',     EINVAL, 1-2,    1-2,    1-2,     1-2,     1-2",
    "'1 ,2',     EINVAL, 1-2,    1-2,    1-2,     1-2,     1-2",
    "'1 2',      EINVAL, EINVAL, EINVAL, EINVAL,  1-2,     1-2",
    "0-,         0,      EINVAL, EINVAL, EINVAL,  EINVAL,  EINVAL",
    "1-,         EINVAL, EINVAL, EINVAL, EINVAL,  EINVAL,  EINVAL",
    "8,          ERANGE, ERANGE, ERANGE, ERANGE,  ERANGE,  ERANGE",
    "4294967297, 1,      1,      1,      1,       EOVERFLOW, EOVERFLOW",
    "0-7:1/2,    EINVAL, EINVAL, '0,2,4,6', '0,2,4,6', '0,2,4,6', '0,2,4,6'",
    "0-7:0/0,    EINVAL, EINVAL, '',     EINVAL,  EINVAL,  EINVAL",
    "0-7:3/2,    EINVAL, EINVAL, EINVAL, EINVAL,  EINVAL,  EINVAL",
    "4/2,        EINVAL, EINVAL, EINVAL, 2,       EINVAL,  EINVAL",
    "all,        EINVAL, EINVAL, EINVAL, EINVAL,  EINVAL,  0-7",
    "0-N,        EINVAL, EINVAL, EINVAL, EINVAL,  EINVAL,  0-7",
    "'1\n2',     1,      1,      1,      1,       1,       1",
  })
  void eachEra(
      String text,
      String digits,
      String blanks,
      String groups,
      String checked,
      String regions,
      String names) {
    // in the order of the constants, the oldest kernel first
    Iterator<String> wanted = List.of(digits, blanks, groups, checked, regions, names).iterator();
    for (ListParser each : ListParser.values()) {
      assertThat(answer(each, text, BITS)).as("%s", each).isEqualTo(wanted.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsShownIsReadAgain(ListParser parser) throws ErrnoException {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      BitSet numbers = BitSet.valueOf(new long[] {random.nextLong() | 1});
      assertThat(parser.parse(NumberLists.show(numbers), Long.SIZE)).isEqualTo(numbers);
    }
  }

  /** style.md, exact parsing: a second reader, made of a pattern, for the parser of today. */
  @Test
  void aPatternSaysTheSame() {
    Random random = new Random(20241);
    for (int i = 0; i < TRIES; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      String list = KernelText.strip(text.toString());
      String ours = answer(ListParser.NAMES, list, BITS);
      assertThat(ours.startsWith("E") ? "refused" : ours)
          .as("\"%s\"", list)
          .isEqualTo(byPattern(list));
    }
  }

  private static final Pattern REGION =
      Pattern.compile(
          "[\\s,]*(?:(?:(?<all>(?i)all)|(?<first>[0-9]+|N)(?:-(?<last>[0-9]+|N))?)"
              + "(?:(?<=l|L|-[0-9]{1,15}|-N):(?<used>[0-9]+|N)/(?<size>[0-9]+|N)|(?<end>\n|$)|(?=[\\s,])))");

  private static String byPattern(String list) {
    BitSet numbers = new BitSet();
    Matcher region = REGION.matcher(list);
    int at = 0;
    while (!list.substring(at).matches("[\\s,]*")) {
      region.region(at, list.length());
      if (!region.lookingAt()) {
        return "refused";
      }
      long first = region.group("all") != null ? 0 : number(region.group("first"));
      String to = region.group("all") != null ? "N" : region.group("last");
      long last = to == null ? first : number(to);
      boolean grouped = region.group("size") != null;
      long size = grouped ? number(region.group("size")) : last + 1;
      long used = grouped ? number(region.group("used")) : size;
      if (first > last || last >= BITS || size == 0 || used > size || size > 0xffffffffL) {
        return "refused";
      }
      for (long n = first; n <= last; n++) {
        if ((n - first) % size < used) {
          numbers.set((int) n);
        }
      }
      if (region.group("end") != null) {
        break;
      }
      at = region.end();
    }
    return NumberLists.show(numbers);
  }

  private static long number(String text) {
    return text.equals("N")
        ? BITS - 1
        : Long.parseLong(text.substring(0, Math.min(18, text.length())));
  }
}
