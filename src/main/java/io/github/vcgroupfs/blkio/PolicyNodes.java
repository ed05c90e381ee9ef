package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries out a line with a device and a number in the way of the kernels until 3.4: {@code
 * blkiocg_file_write}. They keep a list of rules ({@code struct blkio_policy_node}), and take one
 * away whether the device is there or not. Has no state.
 */
final class PolicyNodes {
  /** {@code kstrtoul} in base 10. */
  private static final Pattern DECIMAL = Pattern.compile("\\+?([0-9]+)\n?");

  private PolicyNodes() {}

  /**
   * Carries out a line: {@code blkio_policy_parse_and_set}.
   *
   * @param setting what the number is for
   * @param check is asked unless the number is 0, which takes a rule away
   * @throws ErrnoException EINVAL if it is no such line, ENODEV if there is no such disk
   */
  static void write(FileTarget target, DeviceSetting setting, DeviceRules.Check check, String text)
      throws ErrnoException {
    String line = KernelText.strip(text);
    List<String> words =
        Arrays.stream(line.split(" ", -1)).filter(each -> !each.isEmpty()).toList();
    if (words.size() != 2) {
      throw invalid(line);
    }
    String[] numbers = words.get(0).split(":", 2);
    if (numbers.length != 2) {
      throw invalid(line);
    }
    DeviceNumber device = DeviceNumber.of(decimal(numbers[0], line), decimal(numbers[1], line));
    long value = decimal(words.get(1), line);
    if (value != 0) {
      DeviceRules.requireDisk(target, device, Errno.ENODEV);
      check.require(value, Errno.EINVAL);
      if (!setting.fits(value)) {
        throw invalid(line);
      }
    }
    target
        .group()
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(target.group());
              set(BlkioGroup.of(target.group()), device, setting, value);
            });
  }

  private static void set(
      BlkioGroup group, DeviceNumber device, DeviceSetting setting, long value) {
    Optional<DeviceGroup> old = group.find(device, each -> each.has(setting));
    if (value != 0) {
      old.orElseGet(() -> group.add(device)).set(setting, value);
    } else {
      old.ifPresent(group::remove);
    }
  }

  private static long decimal(String word, String line) throws ErrnoException {
    Matcher number = DECIMAL.matcher(word);
    if (!number.matches()) {
      throw invalid(line);
    }
    BigInteger value = new BigInteger(number.group(1));
    if (value.bitLength() > Long.SIZE) {
      throw invalid(line);
    }
    return value.longValue();
  }

  private static ErrnoException invalid(String line) {
    return new ErrnoException(
        Errno.EINVAL,
        "\"%s\" is no rule for a device: write MAJOR:MINOR and a decimal number, blanks between"
            .formatted(line));
  }
}
