package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.simulate.Sample;

/** What is kept of the whole machine. Not thread-safe. */
final class MachineTracks {
  private final Track memory;
  private final Track pressure;
  private final Steps pressureAt = new Steps();
  private final Steps most = new Steps();
  private double pressureMs = Double.NaN;

  MachineTracks(TimeGrid grid) {
    this.memory = grid.track();
    this.pressure = grid.track();
  }

  void add(double ms, Sample.Machine machine) {
    memory.set(ms, (double) machine.memory());
    pressure.set(ms, machine.pressure() ? 1 : 0);
    pressureAt.set(ms, machine.pressureAt());
    most.set(ms, machine.most());
    if (machine.pressure() && Double.isNaN(pressureMs)) {
      pressureMs = ms;
    }
  }

  /** The memory of all TCP sockets, bytes. */
  Track memory() {
    return memory;
  }

  /** 1 under pressure, else 0. */
  Track pressure() {
    return pressure;
  }

  /** Where pressure begins, bytes: the second number of {@code tcp_mem}. */
  Steps pressureAt() {
    return pressureAt;
  }

  /** The third number of {@code tcp_mem}, bytes. */
  Steps most() {
    return most;
  }

  /** When pressure began for the first time; not a number: never. */
  double pressureMs() {
    return pressureMs;
  }
}
