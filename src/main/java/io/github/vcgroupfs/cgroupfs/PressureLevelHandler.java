package io.github.vcgroupfs.cgroupfs;

/**
 * {@code memory.pressure_level}: a name to register events for, without text in any kernel; reading
 * is EINVAL whatever its mode. Stateless.
 */
record PressureLevelHandler() implements Handler {

  @Override
  public ReadShape readShape() {
    return ReadShape.NONE;
  }
}
