package io.github.vcgroupfs.referee;

import java.util.List;

/** What may be written into control files, right or wrong, by the kind of file. */
final class Words {
  private static final List<String> SIZES =
      List.of(
          "0",
          "1",
          "4095",
          "4096",
          "4097",
          "8191",
          "65536",
          "1048576",
          "123456789",
          "-1",
          "-2",
          "+1",
          "10K",
          "10k",
          "3M",
          "3m",
          "2G",
          "2g",
          "1T",
          "1P",
          "1E",
          "8E",
          "16E",
          "0x1000",
          "0X2000",
          "010000",
          "09",
          "0b1",
          "1.5M",
          "5MB",
          "5 M",
          "max",
          "abc",
          "",
          " ",
          "  7  ",
          "7\t",
          "1 2",
          "18446744073709551615",
          "18446744073709551616",
          "9223372036854775807",
          "9223372036854775808",
          "9223372036854771712",
          "9223372036854771713",
          "1K1",
          "KK",
          "0x",
          "-",
          "--1",
          "1e6",
          "\u0661",
          "100%");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "7",
          "-1",
          "-2",
          "max",
          "Max",
          "max max",
          "abc",
          "",
          " ",
          "010",
          "0x10",
          "1.5",
          "1 2",
          "100",
          "2147483648",
          "4194303",
          "4194304",
          "4194305",
          "4294967295",
          "4294967296",
          "18446744073709551615",
          "18446744073709551616",
          "9223372036854775807",
          "9223372036854775808");

  /** Nothing that could be the id of a running process. */
  private static final List<String> NO_PROCESS =
      List.of(
          "",
          " ",
          "abc",
          "x y",
          "-",
          "99999999",
          "99999999\n",
          "99999999 \n",
          "99999999x",
          "99999999999999999999");

  /**
   * No "a": for some milliseconds a kernel takes a group that was removed for a child group still,
   * and then refuses it.
   */
  private static final List<String> DEVICES =
      List.of(
          "c 1:3 rwm",
          "c 1:3 r",
          "c 1:3 wr",
          "c 1:3 m",
          "c 1:* rwm",
          "c *:3 rw",
          "c *:* m",
          "b 8:0 rw",
          "b 8:* r",
          "b *:* rwm",
          "x 1:1 r",
          "c 1:3",
          "c 1:3 rr",
          "c 1:3 rwmr",
          "c :3 r",
          "c 1 r",
          "c  1:3 r",
          "c 4294967295:1 r",
          "c 4294967296:1 r",
          "c 1:3 r x");

  private static final List<String> STATES =
      List.of("FROZEN", "THAWED", "frozen", "FREEZING", "THAW", "FROZEN THAWED", "0", "1", "", " ");

  private Words() {}

  /** Words for a file of that name: sizes for the memory controller, else mostly numbers. */
  static List<String> of(String fileName) {
    if (fileName.startsWith("devices.")) {
      return DEVICES;
    }
    if (fileName.startsWith("freezer.")) {
      return STATES;
    }
    return fileName.startsWith("memory.") || fileName.endsWith("_in_bytes") ? SIZES : NUMBERS;
  }

  /** Whole texts for a list of processes. */
  static List<String> ofNoProcess() {
    return NO_PROCESS;
  }
}
