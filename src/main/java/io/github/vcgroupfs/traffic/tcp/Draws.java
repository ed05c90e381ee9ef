package io.github.vcgroupfs.traffic.tcp;

/**
 * A stream of random numbers: SplitMix64. Streams of different seeds have nothing to do with each
 * other, so what one connection draws does not depend on what others do meanwhile. Not thread-safe.
 */
public final class Draws {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  /** A stream; the same seed gives the same numbers. */
  public Draws(long seed) {
    this.state = seed;
  }

  /** The seed of a stream that is one of many: of a connection of a flow, of a key of it. */
  public static long seed(long of, long which) {
    return mix(of + (which + 1) * GOLDEN_GAMMA);
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** From 0 to below 1. */
  public double uniform() {
    state += GOLDEN_GAMMA;
    return (mix(state) >>> 11) * 0x1p-53;
  }

  /** Mean 0, deviation 1: the transform of Box and Muller. */
  public double normal() {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    return radius * Math.cos(2 * Math.PI * uniform());
  }
}
