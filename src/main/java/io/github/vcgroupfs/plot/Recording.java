package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.simulate.Action;
import io.github.vcgroupfs.simulate.Happening;
import io.github.vcgroupfs.simulate.Sample;
import io.github.vcgroupfs.simulate.Scene;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of one scenario: as much as a figure shows, however long the scenario is. Not
 * thread-safe.
 */
final class Recording {
  /** A figure shows no more moments than that, each with a text. */
  private static final int MOST_HAPPENINGS = 100;

  /** The step that sets the thresholds of the machine. */
  private final Scene scene;

  private final TimeGrid grid;
  private final MachineTracks machine;
  private final Map<String, GroupTracks> groups = new LinkedHashMap<>();
  private final Sum sum;
  private final List<Happening> happenings = new ArrayList<>();

  Recording(Scene scene) {
    this.scene = scene;
    this.grid = new TimeGrid(scene.seconds() * 1000);
    this.machine = new MachineTracks(grid);
    this.sum = new Sum(grid);
  }

  void add(Sample sample) {
    grid.reach(sample.ms());
    groups.computeIfAbsent(sample.group(), name -> new GroupTracks(name, grid)).add(sample);
    machine.add(sample.ms(), sample.machine());
    sum.add(sample);
  }

  void add(Happening happening) {
    grid.reach(happening.ms());
    if (happenings.size() < MOST_HAPPENINGS) {
      happenings.add(happening);
    }
  }

  /** The scenario ends at that time. */
  void end(double ms) {
    grid.reach(ms);
  }

  /** No more comes. */
  void finish() {
    sum.settle();
    grid.finish();
  }

  Scene scene() {
    return scene;
  }

  TimeGrid grid() {
    return grid;
  }

  MachineTracks machine() {
    return machine;
  }

  List<Happening> happenings() {
    return happenings;
  }

  /** All groups, in the order of the scenario. */
  List<GroupTracks> groups() {
    return List.copyOf(groups.values());
  }

  /** All groups together. */
  Curves sum() {
    return sum.curves();
  }

  /** The group that used most. */
  List<GroupTracks> largest() {
    return groups.values().stream()
        .max(
            Comparator.<GroupTracks>comparingLong(GroupTracks::maxUsage)
                .thenComparingDouble(group -> group.curves().sent().last()))
        .map(List::of)
        .orElse(List.of());
  }

  /**
   * Whether the machine belongs into the figure: it was under pressure, its thresholds were set, or
   * most of its memory is counted in no group.
   */
  boolean isAboutTheMachine() {
    return machine.pressure().highest() > 0
        || machine.most().all().size() > 1
        || happenings.stream().anyMatch(happening -> happening.what() == Action.TCP_MEM)
        || machine.memory().highest() > 2 * sum.curves().usage().highest();
  }

  /** Whether the thresholds of the machine are near what it used, or were set. */
  boolean isNearTheThresholds() {
    return machine.memory().highest() > machine.pressureAt().highest() / 4.0
        || machine.most().all().size() > 1
        || happenings.stream().anyMatch(happening -> happening.what() == Action.TCP_MEM);
  }
}
