package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which hierarchies a mount is to have. The text has names of controllers, {@code name=X} and
 * {@code all}, with commas or blanks between them. Controllers that are joined by {@code +}, or
 * that stand in parentheses, share a hierarchy. Has no state.
 */
public final class HierarchyList {
  /** What stands before the name of a hierarchy that is known by its name. */
  static final String NAMED = "name=";

  /** All controllers, and what distributions mount beside them. */
  public static final String ALL = "all";

  /** What distributions mount for systemd, beside the controllers. */
  private static final String SYSTEMD = "systemd";

  /** The hierarchy that systemd has for itself. */
  public static final String FOR_SYSTEMD = NAMED + SYSTEMD;

  /** Made when it is needed. */
  private static final class Syntax {
    static final Pattern ITEM = Pattern.compile("[,\\s]*(\\(([^()]*)\\)|[^,\\s()]+)");

    /** {@code cgroup1_parse_param}: what the kernel takes as the name of a hierarchy. */
    static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_.-]{1,63}");
  }

  private HierarchyList() {}

  /** The text is wrong. The message is a sentence for whoever typed it. */
  public static final class BadListException extends Exception {
    private static final long serialVersionUID = 1;

    BadListException(String sentence) {
      super(sentence);
    }
  }

  /**
   * The hierarchies that a text names.
   *
   * @param profile the kernel whose controllers can be named
   * @throws BadListException if the text names nothing or cannot be read, a name is unknown, this
   *     kernel has no such controller, or something is named twice
   */
  public static List<HierarchySpec> parse(String text, KernelProfile profile)
      throws BadListException {
    List<HierarchySpec> specs = parse(text, Controllers.of(profile));
    requireIn(specs, profile);
    return specs;
  }

  /**
   * The hierarchies that a text names, of whichever kernel.
   *
   * @throws BadListException if the text names nothing or cannot be read, a name is unknown, or
   *     something is named twice
   */
  public static List<HierarchySpec> parse(String text) throws BadListException {
    return parse(text, Controllers.ALL);
  }

  /**
   * Checks that a kernel can have these hierarchies.
   *
   * @throws BadListException if it does not have one of the controllers
   */
  public static void requireIn(List<HierarchySpec> specs, KernelProfile profile)
      throws BadListException {
    for (HierarchySpec spec : specs) {
      for (ControllerKind kind : spec.controllers()) {
        if (!kind.isIn(profile)) {
          throw new BadListException(
              "%s has no controller %s, only %s: take another --profile"
                  .formatted(profile, kind.name(), Controllers.names(Controllers.of(profile))));
        }
      }
    }
  }

  /** The hierarchy of that name, without controllers; empty if a text cannot be a name. */
  public static Optional<HierarchySpec> named(String label) {
    return Syntax.LABEL.matcher(label).matches()
        ? Optional.of(new HierarchySpec(label, List.of()))
        : Optional.empty();
  }

  private static List<HierarchySpec> parse(String text, List<ControllerKind> all)
      throws BadListException {
    Optional<ControllerKind> only = Controllers.byName(text);
    if (only.isPresent()) { // the usual case, on the way of every start
      return List.of(HierarchySpec.of(only.get()));
    }
    List<HierarchySpec> specs = new ArrayList<>();
    Matcher item = Syntax.ITEM.matcher(text);
    int end = 0;
    while (item.lookingAt() || end < text.length()) {
      if (!item.lookingAt()) {
        if (text.substring(end).isBlank()) {
          break;
        }
        throw new BadListException(
            "\"%s\" cannot be read from \"%s\" on: write names between commas, as memory,pids"
                .formatted(text, text.substring(end)));
      }
      add(specs, item.group(2) == null ? item.group(1) : item.group(2), all);
      end = item.end();
      item.region(end, text.length());
    }
    if (specs.isEmpty()) {
      throw new BadListException("it names no controller: write memory, say, or all");
    }
    requireEachOnce(specs);
    return List.copyOf(specs);
  }

  private static void add(List<HierarchySpec> specs, String item, List<ControllerKind> all)
      throws BadListException {
    if (item.equals(ALL)) {
      for (ControllerKind each : all) {
        specs.add(HierarchySpec.of(each));
      }
      specs.add(new HierarchySpec(SYSTEMD, List.of()));
    } else if (item.startsWith(NAMED)) {
      specs.add(new HierarchySpec(label(item.substring(NAMED.length())), List.of()));
    } else {
      List<ControllerKind> kinds = new ArrayList<>();
      for (String name : item.split("[+,\\s]+", -1)) {
        kinds.add(kind(name));
      }
      specs.add(new HierarchySpec(null, kinds));
    }
  }

  private static String label(String label) throws BadListException {
    if (!Syntax.LABEL.matcher(label).matches()) {
      throw new BadListException(
          "name=%s: a hierarchy's name has letters, digits, \"_\", \".\" and \"-\", 63 at most"
              .formatted(label));
    }
    return label;
  }

  private static ControllerKind kind(String name) throws BadListException {
    return Controllers.byName(name)
        .orElseThrow(
            () ->
                new BadListException(
                    "there is no controller \"%s\" here: choose among %s, or name=X for a hierarchy without one"
                        .formatted(name, Controllers.names(Controllers.ALL))));
  }

  private static void requireEachOnce(List<HierarchySpec> specs) throws BadListException {
    Set<String> seen = new HashSet<>();
    for (HierarchySpec spec : specs) {
      List<String> names = new ArrayList<>(spec.links());
      names.add(spec.directory());
      for (String name : names) {
        if (!seen.add(name)) {
          throw new BadListException(
              "%s is named twice: a controller is in one hierarchy, and a hierarchy in one place"
                  .formatted(name));
        }
      }
    }
  }
}
