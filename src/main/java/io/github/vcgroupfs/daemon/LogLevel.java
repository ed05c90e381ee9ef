package io.github.vcgroupfs.daemon;

import java.util.logging.Level;

/** The log levels of SLF4J, and the levels of the JDK that {@code slf4j-jdk14} makes of them. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  /** The JDK's level. */
  Level level() {
    return switch (this) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
      case TRACE -> Level.FINEST;
    };
  }

  /** The name of a level of the JDK. */
  static String nameOf(Level level) {
    for (LogLevel each : values()) {
      if (level.intValue() >= each.level().intValue()) {
        return each.name();
      }
    }
    return level.getName();
  }
}
