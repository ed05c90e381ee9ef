package io.github.vcgroupfs.blkio;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a group has for one device: {@code struct blkcg_gq}, blkg for short. Any thread may read; it
 * is changed under the hierarchy's lock.
 */
final class DeviceGroup {
  private final DeviceNumber device;
  private volatile Map<DeviceSetting, Long> values = Map.of();

  DeviceGroup(DeviceNumber device) {
    this.device = device;
  }

  DeviceNumber device() {
    return device;
  }

  /** The number for that; {@link DeviceSetting#none()} if there is none. */
  long get(DeviceSetting setting) {
    return values.getOrDefault(setting, setting.none());
  }

  boolean has(DeviceSetting setting) {
    return get(setting) != setting.none();
  }

  void set(DeviceSetting setting, long value) {
    Map<DeviceSetting, Long> changed = new EnumMap<>(DeviceSetting.class);
    changed.putAll(values);
    changed.put(setting, value);
    values = Map.copyOf(changed);
  }
}
