package io.github.vcgroupfs.nio;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link VirtualCgroupFileSystemBuilder} by their names, as {@link
 * java.nio.file.FileSystems#newFileSystem(URI, Map)} takes them. A value may be of its type or a
 * text. Has no state.
 */
final class BuilderOptions {
  private static final String ID = "two ids of 0 or more, such as 1000:1000";

  private static final Map<String, Option> OPTIONS =
      Collections.unmodifiableMap(
          new TreeMap<>(
              Map.ofEntries(
                  Map.entry("profile", (builder, value) -> builder.profile(value.text())),
                  Map.entry("controllers", (builder, value) -> builder.controllers(value.text())),
                  Map.entry("preset", (builder, value) -> builder.preset(value.text())),
                  Map.entry("fixture", (builder, value) -> builder.fixture(value.path())),
                  Map.entry("at", (builder, value) -> builder.at(value.text())),
                  Map.entry("strict", (builder, value) -> builder.strict(value.bool())),
                  Map.entry("seed", (builder, value) -> builder.seed(value.number())),
                  Map.entry("user", (builder, value) -> builder.user(value.id(0), value.id(1))),
                  Map.entry("owner", (builder, value) -> builder.owner(value.id(0), value.id(1))),
                  Map.entry("pid", (builder, value) -> builder.pid(value.integer())),
                  Map.entry("processors", (builder, value) -> builder.processors(value.integer())),
                  Map.entry(
                      "memoryNodes", (builder, value) -> builder.memoryNodes(value.integer())),
                  Map.entry("startAt", (builder, value) -> builder.startAt(value.instant())),
                  Map.entry(
                      "wallClock",
                      (builder, value) -> value.bool() ? builder.wallClock() : builder))));

  private BuilderOptions() {}

  /** Gives a builder an option. */
  private interface Option {
    VirtualCgroupFileSystemBuilder set(VirtualCgroupFileSystemBuilder builder, Value value);
  }

  /**
   * A builder with options.
   *
   * @throws IllegalArgumentException for a name or a value that there is not
   */
  static VirtualCgroupFileSystemBuilder of(Map<String, ?> options) {
    VirtualCgroupFileSystemBuilder builder = new VirtualCgroupFileSystemBuilder();
    List<String> names = new ArrayList<>(new TreeMap<>(options).keySet());
    for (String name : names) {
      Option option = OPTIONS.get(name);
      if (option == null) {
        throw new IllegalArgumentException(
            "there is no option %s (with the value %s): there are %s"
                .formatted(name, options.get(name), String.join(", ", OPTIONS.keySet())));
      }
      option.set(builder, new Value(name, options.get(name)));
    }
    return builder;
  }

  /** The value of an option. */
  private record Value(String name, @Nullable Object given) {
    private IllegalArgumentException wrong(String wanted) {
      return new IllegalArgumentException(
          "the option %s is not %s: choose %s".formatted(name, given, wanted));
    }

    String text() {
      if (given instanceof CharSequence text) {
        return text.toString();
      }
      throw wrong("a text");
    }

    Path path() {
      return given instanceof Path path ? path : Path.of(text());
    }

    boolean bool() {
      if (given instanceof Boolean bool) {
        return bool;
      }
      return switch (String.valueOf(given)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrong("true or false");
      };
    }

    long number() {
      try {
        return Long.parseLong(String.valueOf(given));
      } catch (NumberFormatException e) {
        throw wrong("a whole number");
      }
    }

    int integer() {
      long number = number();
      if (number != (int) number) {
        throw wrong("a whole number from -2147483648 to 2147483647");
      }
      return (int) number;
    }

    int id(int index) {
      String[] ids = String.valueOf(given).split(":", -1);
      if (ids.length != 2 || !ids[index].matches("[0-9]{1,9}")) {
        throw wrong(ID);
      }
      return Integer.parseInt(ids[index]);
    }

    Instant instant() {
      if (given instanceof Instant instant) {
        return instant;
      }
      try {
        return Instant.parse(text());
      } catch (java.time.format.DateTimeParseException e) {
        throw wrong("a time such as 2011-12-06T00:00:00Z");
      }
    }
  }
}
