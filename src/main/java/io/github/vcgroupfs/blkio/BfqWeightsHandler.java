package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.IntegerParser;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.kernel.Sscanf;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * For {@code blkio.bfq.weight_device}: the weight of a group, and those of single disks. Has no
 * state.
 */
final class BfqWeightsHandler implements Restorable {
  /** Before the weight that holds for all disks. */
  private static final String USUAL = "default";

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.RULE;
  }

  /** {@code bfq_io_show_weight}. */
  @Override
  public String read(FileTarget target) {
    return "%s %d\n".formatted(USUAL, BlkioGroup.of(target.group()).weight(Weight.BFQ))
        + DeviceRuleHandler.text(target, DeviceSetting.BFQ_WEIGHT);
  }

  /** {@code bfq_io_set_weight}: a number, "default" and a number, or a line with a device. */
  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    String text = KernelText.strip(KernelText.of(written));
    OptionalLong all = forAllDisks(text);
    if (all.isPresent()) {
      WeightHandler.set(target, Weight.BFQ, all.getAsLong(), Errno.ERANGE);
    } else {
      DeviceRules.write(target, DeviceSetting.BFQ_WEIGHT, Weight.BFQ::require, text);
    }
  }

  private static OptionalLong forAllDisks(String text) {
    OptionalLong plain = IntegerParser.whole(text);
    if (plain.isPresent()) {
      return plain;
    }
    Sscanf scan = new Sscanf(text);
    return scan.literal(USUAL) ? scan.number() : OptionalLong.empty();
  }

  @Override
  public Restoring restoring() {
    return Restoring.LIMITS;
  }

  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    for (String line : recorded.split("\n", -1)) {
      if (!line.isBlank()) {
        write(target, line.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }
}
