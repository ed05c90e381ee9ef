package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.simulate.Sample;

/** What is kept of the samples of one group. Not thread-safe. */
final class GroupTracks {
  private final String name;
  private final Curves curves;
  private final Track pressure;
  private final Steps limit = new Steps();
  private long maxUsage;
  private long failcnt;
  private double limitReachedMs = Double.NaN;
  private double pressureMs = Double.NaN;

  GroupTracks(String name, TimeGrid grid) {
    this.name = name;
    this.curves = Curves.on(grid);
    this.pressure = grid.track();
  }

  void add(Sample sample) {
    double ms = sample.ms();
    curves.set(ms, Curves.Values.of(sample));
    long most = sample.usage();
    if (sample.maxUsage() > maxUsage) { // it may have been there between two samples
      maxUsage = sample.maxUsage();
      most = maxUsage;
      curves.usage().reached(ms, (double) maxUsage);
    }
    boolean refused = sample.failcnt() > failcnt;
    failcnt = sample.failcnt();
    if (Double.isNaN(limitReachedMs) && sample.limit() >= 0) { // newer kernels need not count it
      limitReachedMs = refused || most >= sample.limit() ? ms : Double.NaN;
    }
    limit.set(ms, sample.limit());
    boolean own = sample.pressure() && !sample.machine().pressure();
    pressure.set(ms, own ? 1 : 0);
    if (own && Double.isNaN(pressureMs)) {
      pressureMs = ms;
    }
  }

  String name() {
    return name;
  }

  Curves curves() {
    return curves;
  }

  /** 1 under pressure of the group's own, else 0. */
  Track pressure() {
    return pressure;
  }

  Steps limit() {
    return limit;
  }

  long maxUsage() {
    return maxUsage;
  }

  /** When usage was at the limit for the first time; not a number: never. */
  double limitReachedMs() {
    return limitReachedMs;
  }

  /** When the pressure of the group began for the first time; not a number: never. */
  double pressureMs() {
    return pressureMs;
  }
}
