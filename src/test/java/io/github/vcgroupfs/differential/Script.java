package io.github.vcgroupfs.differential;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Calls that are made one after the other, in a group of their own.
 *
 * @param seed what it was made of
 * @param steps the calls
 */
record Script(long seed, List<Step> steps) {
  /** By chance, few scripts remove a group while a file of it is open. */
  private static final int EACH_REMOVING = 8;

  /**
   * Makes one by chance.
   *
   * @param seed of all that is by chance
   * @param length how many calls
   * @param files the control files of a group
   */
  static Script ofSeed(long seed, int length, List<String> files) {
    Author author = new Author(new Chance(seed), files);
    List<Step> steps = new ArrayList<>();
    if (seed % EACH_REMOVING == 0) {
      steps.addAll(author.removal());
    }
    while (steps.size() < length) {
      steps.add(author.next());
    }
    return new Script(seed, steps);
  }

  /** The same without one of its steps. */
  Script without(int index) {
    List<Step> fewer = new ArrayList<>(steps);
    fewer.remove(index);
    return new Script(seed, fewer);
  }

  /** Its first steps. */
  Script first(int count) {
    return new Script(seed, List.copyOf(steps.subList(0, count)));
  }

  /** What comes of each step. */
  List<String> play(World world, long number) {
    world.begin(number);
    try {
      return steps.stream().map(step -> step.play(world)).toList();
    } finally {
      world.end();
    }
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n  ", "  ", ""));
  }

  /** Writes scripts. It remembers what may be in which slot. */
  private static final class Author {
    private static final List<Method> FILES = Catalogue.files();
    private static final List<Method> MORE = Catalogue.more();
    private static final List<Method> OPENS = Catalogue.opens();
    private static final List<Method> PATHS = Catalogue.paths();
    private static final List<Method> FILE_SYSTEMS = Catalogue.fileSystems();
    private static final Map<Class<?>, List<Method>> OF_KEPT =
        World.KEPT.stream().collect(Collectors.toMap(type -> type, Catalogue::ofKept));

    private final Chance chance;
    private final Places places;
    private final Values values;
    private final Map<Integer, Class<?>> slots = new HashMap<>();

    Author(Chance chance, List<String> files) {
      this.chance = chance;
      places = new Places(files, chance);
      values = new Values(chance, places);
    }

    /** Opens a file of a group, removes the group, and goes on with the file. */
    List<Step> removal() {
      Step open = opening();
      while (!open.toString().contains("(<b/")) {
        slots.clear();
        open = opening();
      }
      Method delete =
          FILES.stream().filter(each -> each.getName().equals("delete")).findFirst().orElseThrow();
      Step removal = new Step(delete, null, List.of(Arg.place("b")), 0);
      return List.of(open, onKept(), onKept(), removal, onKept(), onKept(), onKept(), onKept());
    }

    private Step opening() {
      return statically(chance.of(OPENS));
    }

    Step next() {
      int kind = chance.below(100);
      if (kind < 42 && !slots.isEmpty()) {
        return onKept();
      }
      if (kind < 82) {
        return statically(chance.of(FILES));
      }
      if (kind < 88) {
        return statically(chance.of(MORE));
      }
      if (kind < 94) {
        return statically(chance.of(OPENS));
      }
      return kind < 99 ? onPath(chance.of(PATHS)) : onFileSystem(chance.of(FILE_SYSTEMS));
    }

    private Step statically(Method method) {
      List<Arg> arguments = values.of(method, List.copyOf(slots.keySet()));
      int slot = chance.below(World.SLOTS);
      if (World.isKept(method.getReturnType())) {
        slots.put(slot, method.getReturnType());
      }
      return new Step(method, null, arguments, slot);
    }

    private Step onKept() {
      int slot = chance.of(List.copyOf(slots.keySet()));
      Method method = chance.of(OF_KEPT.get(slots.get(slot)));
      if (method.getName().equals("close") && chance.percent(50)) {
        method = chance.of(OF_KEPT.get(slots.get(slot)));
      }
      List<Arg> arguments = values.of(method, List.copyOf(slots.keySet()));
      return new Step(method, Arg.slot(slot), arguments, slot);
    }

    private Step onPath(Method method) {
      String place =
          switch (method.getName()) {
            case "toRealPath", "toAbsolutePath" -> places.any();
            case "getName", "getNameCount", "subpath", "iterator" -> places.relative();
            case "compareTo" -> places.any();
            default -> places.anyText();
          };
      return new Step(method, Arg.place(place), values.of(method, List.of()), 0);
    }

    private Step onFileSystem(Method method) {
      Arg fileSystem = Arg.made("fs", (world, target) -> world.fileSystem());
      return new Step(method, fileSystem, values.of(method, List.of()), 0);
    }
  }
}
