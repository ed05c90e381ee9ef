package io.github.vcgroupfs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Chooses what is written: right texts for the file, right ones with something wrong in them, those
 * of other files, and bytes by chance, up to 300 KiB.
 *
 * <p>No text names a process that was not started for this: into the lists of processes only whole
 * texts of a fixed list are written, with their digits as they are, and other bytes without any
 * digit. Texts that name addresses or delays are changed by whole words only.
 */
final class Texts {
  /** Files that take ids of processes. */
  static final Set<String> PROCESSES = Set.of("tasks", "cgroup.procs");

  private static final Set<String> BY_WORDS = Set.of("sim.tcp.relay", "sim.fault");
  private static final int[] LENGTHS = {1, 2, 7, 64, 127, 128, 255, 4095, 4096, 4097, 8192};
  private static final int MOST_BYTES = 300 << 10;

  private static final List<String> SIZES =
      List.of(
          "0",
          "1",
          "4095",
          "4096",
          "4097",
          "65536",
          "1M",
          "2m",
          "1G",
          "1T",
          "8E",
          "16E",
          "-1",
          "-2",
          "+1",
          "0x1000",
          "010000",
          "1.5M",
          "5 M",
          "max",
          " ",
          "  7  ",
          "1 2",
          "1 2 3",
          "18446744073709551616",
          "9223372036854775807",
          "9223372036854771712",
          "1K1",
          "--1",
          "100%");
  private static final List<String> NUMBERS =
      List.of("0", "1", "2", "100", "60", "-1", "max", "4194304", "4294967296", "0x10", "on");
  private static final List<String> NO_PROCESSES =
      List.of("", " ", "abc", "-", "99999999", "99999999\n", "99999999x", "99999999999999999999");
  private static final List<String> FLOWS =
      List.of(
          "add f connections=2 chunk=4K send=64K/s read=32K/s",
          "add f connections=1 chunk=16K send=256K/s read=0 bytes=100K",
          "add g send=64K/s read=max peer=outside rtt=20ms",
          "add g send=64K/s read=0 peer=/open",
          "set f send=0",
          "set g read=64K/s bytes=1M",
          "set f send=16K/s\nset g send=0",
          "remove f",
          "remove g",
          "remove f\nremove g");
  private static final List<String> RELAYS =
      List.of(
          "add r listen=127.0.0.1:0 connect=127.0.0.1:1",
          "add s listen=127.0.0.1:0 connect=127.0.0.1:1",
          "add r listen=127.0.0.1:99999 connect=127.0.0.1:1",
          "remove r",
          "remove s");
  private static final List<String> FAULTS =
      List.of(
          "clear",
          "clear",
          "open memory.* error=ENOMEM count=2",
          "read * error=ENODEV after=1 count=2",
          "read * short=3 count=5",
          "read sim.* error=EINTR count=1",
          "write * error=EINTR count=1 probability=0.5",
          "write group=** error=ENOMEM count=1",
          "write * delay=1ms count=3",
          "read * group=** delay=2ms count=3",
          "mkdir * error=ENOSPC count=1",
          "rmdir * error=EBUSY count=1",
          "rename * error=EBUSY count=1",
          "chmod * error=ENOMEM count=1",
          "opendir * error=ENOMEM count=1",
          "setxattr * error=ENOMEM count=1");
  private static final List<String> EVENTS =
      List.of("", "4096", "1M", "0", "-1", "low", "critical,local", "medium,hierarchy", "x");

  private final SplittableRandom random;
  private final Resources resources;

  Texts(SplittableRandom random, Resources resources) {
    this.random = random;
    this.resources = resources;
  }

  /** A text for a file of that name. */
  byte[] of(String file) {
    int kind = random.nextInt(10);
    if (PROCESSES.contains(file)) {
      return kind < 8
          ? process().getBytes(ISO_8859_1)
          : withoutDigits(kind == 8 ? bytes() : any(SIZES).getBytes(ISO_8859_1));
    }
    if (kind == 9) {
      return bytes();
    }
    String text = kind == 8 ? any(List.of(any(SIZES), any(FLOWS), any(FAULTS))) : valid(file);
    if (kind >= 5 && !file.equals("cgroup.event_control")) {
      text = BY_WORDS.contains(file) ? changedByWords(text) : changed(text);
    }
    if (random.nextInt(4) == 0) {
      text += "\n";
    }
    return text.getBytes(ISO_8859_1);
  }

  /** Bytes by chance, 0 to 300 KiB; long ones are rare. */
  byte[] bytes() {
    int length =
        switch (random.nextInt(100)) {
          case 0 -> random.nextInt(MOST_BYTES + 1);
          case 1 -> MOST_BYTES;
          case 2, 3, 4, 5 -> 0;
          case 6, 7 -> random.nextInt(1 << 16);
          default -> LENGTHS[random.nextInt(LENGTHS.length)];
        };
    byte[] bytes = new byte[length];
    if (random.nextInt(8) == 0) {
      Arrays.fill(bytes, (byte) any(List.of(" ", "\n", "\0", "1", "x")).charAt(0));
    } else {
      random.nextBytes(bytes);
    }
    return bytes;
  }

  private String valid(String file) {
    return switch (file) {
      case "sim.tcp.flows" -> any(FLOWS);
      case "sim.tcp.relay" -> any(RELAYS);
      case "sim.fault" -> any(FAULTS);
      case "sim.tcp.mem" -> any(List.of("1000 2000 3000", "0 0 0", "3 2 1", "1 2", "-1 -1 -1"));
      case "release_agent" -> any(List.of("", "/nowhere/agent", "x".repeat(4000)));
      case "cgroup.event_control" ->
          any(List.of(Integer.toString(resources.eventFd()), "0", "-1"))
              + " "
              + resources.someDescriptor(random)
              + " "
              + any(EVENTS);
      default -> any(file.contains("bytes") ? SIZES : NUMBERS);
    };
  }

  private String process() {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> Long.toString(resources.someChild(random));
      case 3 -> Long.toString(resources.someChild(random)) + any(List.of("\n", " ", "x", "\0"));
      case 4 -> resources.mayMoveItself() ? "0" : " ";
      default -> any(NO_PROCESSES);
    };
  }

  private static byte[] withoutDigits(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = 'x';
      }
    }
    return bytes;
  }

  private String changed(String text) {
    StringBuilder changed = new StringBuilder(text);
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(5)) {
      case 0 -> changed.insert(at, (char) random.nextInt(256));
      case 1 -> changed.insert(at, " ");
      case 2 -> changed.setLength(at);
      case 3 -> changed.insert(0, text + "\n");
      default -> changed.append(new String(bytes(), ISO_8859_1));
    }
    return changed.toString();
  }

  private String changedByWords(String text) {
    return switch (random.nextInt(4)) {
      case 0 -> text + " " + any(List.of("x", "=", "x=y", "\0", "add"));
      case 1 -> text.substring(text.indexOf(' ') + 1);
      case 2 -> text + "\n" + text;
      default -> text.replace(' ', '\t');
    };
  }

  private String any(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
