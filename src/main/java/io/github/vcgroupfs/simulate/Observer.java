package io.github.vcgroupfs.simulate;

/** Looks on while a scenario runs. */
interface Observer {
  /** Looks away. */
  Observer NOBODY = observation -> {};

  /** Something may have changed. */
  void observe(Observation observation);
}
