package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.traffic.tcp.Draws;

/**
 * A value that is drawn anew each time: a size in bytes, or a time in nanoseconds. Immutable.
 *
 * @param shape how the values lie
 * @param first what the shape says first: the value, the least, the mean, the median, the least
 * @param second the most of {@link Shape#UNIFORM}; sigma, or alpha
 * @param least no value is below it
 * @param most no value is above it
 * @param text as it was written
 */
record Distribution(Shape shape, double first, double second, long least, long most, String text) {

  /** How values lie. */
  enum Shape {
    /** Always the same. */
    FIXED,
    /** Each between two bounds is as likely as any other. */
    UNIFORM,
    /** Exponential, with a mean. */
    EXP,
    /** Their logarithms are normal: a median, and the deviation sigma of the logarithm. */
    LOGNORMAL,
    /** Many small and few huge ones: a least value, and the exponent alpha. */
    PARETO
  }

  /** Always the same value. */
  static Distribution fixed(long value) {
    return new Distribution(Shape.FIXED, value, 0, value, value, "");
  }

  boolean isFixed() {
    return shape == Shape.FIXED;
  }

  /** The next value. A fixed one takes nothing of the numbers. */
  long draw(Draws draws) {
    double value =
        switch (shape) {
          case FIXED -> least;
          case UNIFORM -> Math.floor(first + draws.uniform() * (second - first + 1));
          case EXP -> Math.rint(-first * Math.log(1 - draws.uniform()));
          case LOGNORMAL -> Math.rint(first * Math.exp(second * draws.normal()));
          case PARETO -> Math.rint(first * Math.pow(1 - draws.uniform(), -1 / second));
        };
    return isFixed() ? least : (long) Math.max(least, Math.min(most, value));
  }
}
