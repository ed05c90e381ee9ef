package io.github.vcgroupfs.traffic;

/**
 * A line of {@code sim.tcp.relay}: {@code add NAME listen=HOST:PORT connect=HOST:PORT [sndbuf=]
 * [rcvbuf=] [timeout=]}, {@code remove NAME [--connections]}. Immutable.
 */
sealed interface RelayCommand {
  /** Which relay. */
  String name();

  /**
   * {@code add}.
   *
   * @param name the new relay
   * @param spec between what, and how
   */
  record Add(String name, RelaySpec spec) implements RelayCommand {}

  /**
   * {@code remove}.
   *
   * @param name the relay that is to go
   * @param connections whether what it has accepted is to go, too
   */
  record Remove(String name, boolean connections) implements RelayCommand {}
}
