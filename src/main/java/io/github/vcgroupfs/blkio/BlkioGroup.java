package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.ControllerState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the blkio controller keeps of a group: {@code struct blkcg}. Any thread may read; it is
 * changed under the hierarchy's lock.
 */
final class BlkioGroup implements ControllerState {
  private final boolean root;
  private volatile List<DeviceGroup> devices = List.of();
  private volatile Map<Weight, Long> weights = Map.of();

  /** A group without rules. The root has twice the weights under CFQ. */
  BlkioGroup(boolean root) {
    this.root = root;
  }

  /** The part of a group that this controller keeps. */
  static BlkioGroup of(Cgroup group) {
    return group.state(BlkioGroup.class);
  }

  /** What there is for devices, the newest first: {@code blkcg->blkg_list}. */
  List<DeviceGroup> devices() {
    return devices;
  }

  /** The newest for that device that is so. */
  Optional<DeviceGroup> find(DeviceNumber number, Predicate<DeviceGroup> wanted) {
    return devices.stream()
        .filter(each -> each.device().equals(number) && wanted.test(each))
        .findFirst();
  }

  /** Makes one for a device. */
  DeviceGroup add(DeviceNumber number) {
    DeviceGroup born = new DeviceGroup(number);
    List<DeviceGroup> more = new ArrayList<>();
    more.add(born);
    more.addAll(devices);
    devices = List.copyOf(more);
    return born;
  }

  /** Forgets one. */
  void remove(DeviceGroup device) {
    List<DeviceGroup> less = new ArrayList<>(devices);
    less.remove(device);
    devices = List.copyOf(less);
  }

  /** The weight for the devices that have none of their own. */
  long weight(Weight which) {
    return weights.getOrDefault(which, which.usual(root));
  }

  void setWeight(Weight which, long value) {
    Map<Weight, Long> changed = new EnumMap<>(Weight.class);
    changed.putAll(weights);
    changed.put(which, value);
    weights = Map.copyOf(changed);
  }
}
