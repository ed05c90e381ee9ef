package io.github.vcgroupfs.blkio;

import java.util.concurrent.atomic.AtomicLongArray;

/** What a group has for one device: {@code struct blkcg_gq}, blkg for short. Thread-safe. */
final class DeviceGroup {
  private final DeviceNumber device;
  private final AtomicLongArray values = new AtomicLongArray(DeviceSetting.values().length);

  DeviceGroup(DeviceNumber device) {
    this.device = device;
    for (DeviceSetting each : DeviceSetting.values()) {
      set(each, each.none());
    }
  }

  DeviceNumber device() {
    return device;
  }

  long get(DeviceSetting setting) {
    return values.get(setting.ordinal());
  }

  boolean has(DeviceSetting setting) {
    return get(setting) != setting.none();
  }

  void set(DeviceSetting setting, long value) {
    values.set(setting.ordinal(), value);
  }
}
