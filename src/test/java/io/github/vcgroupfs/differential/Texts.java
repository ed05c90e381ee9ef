package io.github.vcgroupfs.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/**
 * Chooses what is written. Most texts are right for some file. What goes into a file that needs
 * care is chosen apart: see {@link FileKind}.
 */
final class Texts {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "60",
          "100",
          "200",
          "201",
          "4095",
          "4096",
          "4097",
          "65536",
          "1048576",
          "2147483647",
          "2147483648",
          "4294967296",
          "9223372036854771712",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551615",
          "18446744073709551616");
  private static final List<String> SUFFIXES =
      List.of("K", "k", "M", "m", "G", "T", "P", "E", "KB", "x", "B", ".5");
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "\n",
          "\t1",
          "x",
          "max",
          "-",
          "-1",
          "-2",
          "+1",
          "-1K",
          "0x10",
          "0x",
          "010",
          "1,2",
          "1\n2",
          "1\0",
          "\0",
          "1\0x",
          "low",
          "é",
          "true",
          "9990 9991",
          "9990 9991 4096",
          "-1 -1 -1",
          "a b c");
  private static final List<String> LIMITS =
      List.of(
          "-1",
          "64M",
          " 64M",
          "64M\n",
          "65m",
          "1G",
          "0x8000000",
          "67108865",
          "67112960 ",
          "9223372036854771712",
          "9223372036854775807",
          "18446744073709551615",
          "1E",
          "64Mx",
          "64 M",
          "x",
          "",
          "-5",
          "--1",
          "64M\0x");
  private static final List<String> LIST_TEXTS =
      List.of(
          "%s",
          "%s",
          "%s",
          "%s\n",
          " %s ",
          "\t%s",
          "%s x",
          "x%s",
          "x",
          "",
          " ",
          "-1",
          "99999999",
          "4294967296",
          "\0",
          "%s\0",
          "+%s");

  private final Chance chance;

  Texts(Chance chance) {
    this.chance = chance;
  }

  /** Bytes to write, one char for each. */
  Arg bytes(java.util.function.Function<byte[], Object> type) {
    String text = any();
    String limit = chance.of(LIMITS);
    String list = chance.of(LIST_TEXTS);
    int process = chance.below(2);
    return Arg.made(
        quoted(text) + " (a limit: " + quoted(limit) + ", a list: " + quoted(list) + process + ")",
        (world, target) -> {
          String chosen =
              switch (target) {
                case PROCESSES -> list.replace("%s", world.pids().get(process));
                case TIGHT -> limit;
                case ANY, VOLATILE -> text;
              };
          return type.apply(chosen.getBytes(ISO_8859_1));
        });
  }

  /** What goes into a writer that may cut it into pieces. */
  Arg pieces(java.util.function.Function<byte[], Object> type) {
    String text = any();
    return Arg.made(
        quoted(text),
        (world, target) -> type.apply((target.isWrittenWhole() ? "x" : text).getBytes(ISO_8859_1)));
  }

  /** Any text. */
  String any() {
    int kind = chance.below(100);
    if (kind < 40) {
      return chance.of(NUMBERS) + (chance.percent(30) ? "\n" : "");
    }
    if (kind < 55) {
      return chance.of(NUMBERS) + chance.of(SUFFIXES);
    }
    if (kind < 65) {
      return " " + chance.of(NUMBERS) + " ";
    }
    return kind < 97 ? chance.of(WORDS) : "1".repeat(chance.of(64, 255, 4095, 4096, 5000, 9000));
  }

  private static String quoted(String text) {
    return Rules.quoted(text.length() > 30 ? text.substring(0, 20) + "…" + text.length() : text);
  }
}
