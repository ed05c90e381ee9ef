package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.cgroup.BlockDevice;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.kernel.Sscanf;
import java.util.OptionalLong;

/**
 * Carries out a line with a device and a number, as {@code MAJOR:MINOR NUMBER}, in the way of the
 * kernels from 3.5 on. Has no state.
 */
final class DeviceRules {
  private static final String FORM = "write MAJOR:MINOR NUMBER, such as \"8:0 1048576\"";

  private DeviceRules() {}

  /** Which number a line may give a device. */
  interface Check {
    /**
     * Checks the number.
     *
     * @param refusal the error of this kernel
     */
    void require(long value, Errno refusal) throws ErrnoException;
  }

  /** A part of a line that was read, with the device that it begins with. */
  private record Line(DeviceNumber device, Sscanf rest) {}

  /**
   * Carries out a line: {@code tg_set_conf}, {@code cfqg_set_weight_device}.
   *
   * @param setting what the number is for
   * @param check is asked unless the number is 0, which takes a rule away
   * @throws ErrnoException EINVAL if it is no such line; ENODEV, or EINVAL before 4.3, if there is
   *     no such disk; EOPNOTSUPP if the disk is not under BFQ and the number is for that
   */
  static void write(FileTarget target, DeviceSetting setting, Check check, String text)
      throws ErrnoException {
    if (target.tree().profile().has(KernelFeature.BLKIO_REFINED_ERRORS)) {
      refined(target, setting, check, text);
    } else {
      coarse(target, setting, check, KernelText.strip(text));
    }
  }

  /**
   * From 4.3: the device is looked up, and what there is for it made, before the number is read.
   */
  private static void refined(FileTarget target, DeviceSetting setting, Check check, String text)
      throws ErrnoException {
    Line line = line(text);
    if (!line.rest.atSpace()) {
      throw invalid(text);
    }
    line.rest.spaces();
    BlockDevice disk = requireDisk(target, line.device, Errno.ENODEV);
    if (setting == DeviceSetting.BFQ_WEIGHT && !isUnderBfq(disk)) {
      throw new ErrnoException(
          Errno.EOPNOTSUPP,
          "%s is not scheduled by BFQ: echo bfq to its queue/scheduler in /sys/block first"
              .formatted(line.device));
    }
    DeviceGroup group = made(target, line.device);
    boolean isWeight = setting.none() == 0;
    OptionalLong number = line.rest.number();
    boolean usual =
        isWeight && number.isEmpty() && KernelText.strip(line.rest.rest()).equals("default");
    if (number.isEmpty() && !usual) {
      throw invalid(text);
    }
    if (setting == DeviceSetting.BFQ_WEIGHT && number.isPresent()) {
      check.require(number.getAsLong(), Errno.ERANGE); // only "default" takes it away, not 0
    }
    set(target, group, setting, check, Errno.ERANGE, number.orElse(0));
  }

  /** Until 4.2: all of the line is read before anything else. */
  private static void coarse(FileTarget target, DeviceSetting setting, Check check, String text)
      throws ErrnoException {
    Line line = line(text);
    line.rest.spaces();
    long number = line.rest.number().orElseThrow(() -> invalid(text));
    requireDisk(target, line.device, Errno.EINVAL);
    set(target, made(target, line.device), setting, check, Errno.EINVAL, number);
  }

  private static void set(
      FileTarget target,
      DeviceGroup group,
      DeviceSetting setting,
      Check check,
      Errno refusal,
      long number)
      throws ErrnoException {
    if (number != 0) {
      check.require(number, refusal);
    }
    target
        .group()
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(target.group());
              group.set(setting, setting.kept(number));
            });
  }

  private static Line line(String text) throws ErrnoException {
    Sscanf scan = new Sscanf(text);
    OptionalLong major = scan.number();
    boolean colon = major.isPresent() && scan.literal(':');
    OptionalLong minor = colon ? scan.number() : OptionalLong.empty();
    if (minor.isEmpty()) {
      throw invalid(text);
    }
    return new Line(DeviceNumber.of(major.orElseThrow(), minor.orElseThrow()), scan);
  }

  /** {@code blkcg_conf_open_bdev}: a disk that is there, and no partition. */
  static BlockDevice requireDisk(FileTarget target, DeviceNumber number, Errno refusal)
      throws ErrnoException {
    BlockDevice device =
        target
            .tree()
            .controller(BlkioController.class)
            .device(number)
            .orElseThrow(
                () ->
                    new ErrnoException(
                        refusal,
                        "there is no block device %s: /proc/partitions lists those there are"
                            .formatted(number)));
    if (device.partition()) {
      throw new ErrnoException(
          refusal, "%s is a partition: write the number of its disk".formatted(number));
    }
    return device;
  }

  /** Whether a disk shares its time by the weights of BFQ. */
  static boolean isUnderBfq(BlockDevice disk) {
    return disk.scheduler().equals("bfq");
  }

  /** {@code blkg_conf_prep}: what the group and those above it have for a device. */
  private static DeviceGroup made(FileTarget target, DeviceNumber device) throws ErrnoException {
    return target
        .group()
        .lock()
        .get(
            () -> {
              TreeRules.requireAlive(target.group());
              return made(target.group(), device);
            });
  }

  private static DeviceGroup made(Cgroup group, DeviceNumber device) {
    Cgroup parent = group.parent();
    if (parent != null) {
      made(parent, device);
    }
    BlkioGroup blkio = BlkioGroup.of(group);
    return blkio.find(device, any -> true).orElseGet(() -> blkio.add(device));
  }

  /** Whether a kernel carries out a line in this way. */
  static boolean areThoseOf(KernelProfile profile) {
    return profile.has(KernelFeature.BLKIO_DEVICE_GROUPS);
  }

  private static ErrnoException invalid(String text) {
    return new ErrnoException(
        Errno.EINVAL, "\"%s\" is no rule for a device: %s".formatted(KernelText.strip(text), FORM));
  }
}
