package io.github.vcgroupfs.netprio;

import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.kernel.Sscanf;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For {@code net_prio.ifpriomap}: the priority of each interface. Has no state. */
final class PriorityMapHandler implements Restorable {
  private static final int LONGEST_NAME = 16; // IFNAMSIZ
  private static final long UINT_MAX = 0xffff_ffffL;

  /** The old form: a name, one blank, and what {@code kstrtoul} takes in base 10. */
  private static final Pattern OLD_LINE = Pattern.compile("([^ ]*) \\+?([0-9]+)\n?");

  private static final int OLD_SHORTEST = 3;

  /** What a line says: which interface gets which priority. */
  private record Line(String name, long priority) {}

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.STRING;
  }

  /** {@code read_priomap}. */
  @Override
  public String read(FileTarget target) {
    NetPrioGroup group = NetPrioGroup.of(target.group());
    StringBuilder text = new StringBuilder();
    for (String name : target.tree().controller(NetPrioController.class).interfaces()) {
      text.append(name).append(' ').append(group.priority(name)).append('\n');
    }
    return text.toString();
  }

  /** {@code write_priomap}. */
  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    String text = KernelText.of(written);
    Line line =
        target.tree().profile().has(KernelFeature.NET_PRIO_INHERITS)
            ? scanned(text)
            : old(KernelText.strip(text));
    if (!target.tree().controller(NetPrioController.class).interfaces().contains(line.name)) {
      throw new ErrnoException(
          Errno.ENODEV,
          "there is no interface \"%s\": read this file, it lists those there are"
              .formatted(line.name));
    }
    target
        .group()
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(target.group());
              NetPrioGroup.of(target.group()).setPriority(line.name, line.priority & UINT_MAX);
            });
  }

  /** {@code "%16s %u"}. */
  private static Line scanned(String text) throws ErrnoException {
    Sscanf scan = new Sscanf(text);
    String name = scan.word(LONGEST_NAME);
    return new Line(name, scan.number().orElseThrow(() -> invalid(text)));
  }

  /** Until 3.8. */
  private static Line old(String text) throws ErrnoException {
    Matcher line = OLD_LINE.matcher(text);
    if (text.length() < OLD_SHORTEST || !line.matches()) {
      throw invalid(text);
    }
    BigInteger priority = new BigInteger(line.group(2));
    if (priority.bitLength() > Long.SIZE) {
      throw new ErrnoException(
          Errno.ERANGE, "%s does not fit 64 bits: write at most 4294967295".formatted(priority));
    }
    return new Line(line.group(1), priority.longValue());
  }

  private static ErrnoException invalid(String text) {
    return new ErrnoException(
        Errno.EINVAL,
        "\"%s\" is no interface with a priority: write two words, such as \"eth0 5\""
            .formatted(KernelText.strip(text)));
  }

  @Override
  public Restoring restoring() {
    return Restoring.FLAGS;
  }

  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    for (String line : recorded.split("\n", -1)) {
      if (!line.isEmpty()) {
        write(target, line.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }
}
