package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.KernelText;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * For a file with a number for each device: a write sets or removes that of one device, a read
 * lists them. Stateless.
 */
final class DeviceRuleHandler implements Restorable {
  private final Function<FileTarget, DeviceSetting> setting;
  private final DeviceRules.Check check;

  private DeviceRuleHandler(Function<FileTarget, DeviceSetting> setting, DeviceRules.Check check) {
    this.setting = setting;
    this.check = check;
  }

  /** A handler for a limit, which may be any number. */
  static DeviceRuleHandler limit(DeviceSetting setting) {
    return new DeviceRuleHandler(target -> setting, (value, refusal) -> {});
  }

  /**
   * A handler for a weight.
   *
   * @param which the weight that the file of a group is for
   */
  static DeviceRuleHandler weight(Function<FileTarget, Weight> which) {
    return new DeviceRuleHandler(target -> which.apply(target).ofDevice(), Weight.CFQ::require);
  }

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.RULE;
  }

  @Override
  public String read(FileTarget target) {
    return text(target, setting.apply(target));
  }

  /** A line for each device that has a number: {@code tg_prfill_conf_u64}. */
  static String text(FileTarget target, DeviceSetting setting) {
    KernelProfile profile = target.tree().profile();
    char between = DeviceRules.areThoseOf(profile) ? ' ' : '\t'; // blkio_print_policy_node
    StringBuilder text = new StringBuilder();
    for (DeviceGroup each : BlkioGroup.of(target.group()).devices()) {
      if (each.has(setting)) {
        text.append(each.device())
            .append(between)
            .append(Long.toUnsignedString(each.get(setting)))
            .append('\n');
      }
    }
    return text.toString();
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    String text = KernelText.of(written);
    if (DeviceRules.areThoseOf(target.tree().profile())) {
      DeviceRules.write(target, setting.apply(target), check, text);
    } else {
      PolicyNodes.write(target, setting.apply(target), check, text);
    }
  }

  @Override
  public Restoring restoring() {
    return Restoring.LIMITS;
  }

  /** The oldest line was written first, and a list begins with the newest. */
  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    String[] lines = recorded.split("\n", -1);
    for (int i = lines.length - 1; i >= 0; i--) {
      if (!lines[i].isBlank()) {
        String line = lines[i].replace('\t', ' ');
        write(target, line.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }
}
