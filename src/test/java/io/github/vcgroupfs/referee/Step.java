package io.github.vcgroupfs.referee;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An operation and what it is done with. Immutable.
 *
 * @param operation what is done
 * @param arguments as in JSON: texts, numbers and lists of texts; the first one is a path, except
 *     that of a symbolic link, which is the second
 */
record Step(Operation operation, List<Object> arguments) {

  /** The files that take the ids of processes and threads. */
  static final Set<String> PROCESS_LISTS = Set.of("cgroup.procs", "tasks");

  /** {@code PID_MAX_LIMIT}. */
  private static final BigInteger MAX_PID = BigInteger.valueOf(4_194_304);

  Step {
    arguments = List.copyOf(arguments);
  }

  /** A step of those arguments. */
  static Step of(Operation operation, Object... arguments) {
    return new Step(operation, List.of(arguments));
  }

  /** Of a JSON array: the word of the operation, then its arguments. */
  static Step of(List<?> json) {
    return new Step(
        Operation.of((String) json.get(0)), List.<Object>copyOf(json.subList(1, json.size())));
  }

  /** As a JSON array. */
  List<Object> toJson() {
    List<Object> json = new ArrayList<>(List.of(operation.word()));
    json.addAll(arguments);
    return json;
  }

  /** An argument that is a text, one char a byte. */
  String text(int index) {
    return bytes((String) arguments.get(index));
  }

  /** An argument that is a number. */
  long number(int index) {
    return ((Number) arguments.get(index)).longValue();
  }

  /** An argument that is a list of texts, one char a byte. */
  List<String> texts(int index) {
    return ((List<?>) arguments.get(index)).stream().map(text -> bytes((String) text)).toList();
  }

  /** The name of the file that it is about. */
  String fileName() {
    String path = (String) arguments.get(0);
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether it asks for a write of no bytes: such a call never reaches a FUSE server. */
  boolean writesNothing() {
    if (!operation.writes()) {
      return false;
    }
    Object data = arguments.get(1);
    return data instanceof List<?> many ? many.contains("") : data.equals("");
  }

  /**
   * On a real hierarchy an id that is written to a list of processes moves that process. Only
   * {@link Operation#ATTACH} may do so, with a process of its own.
   *
   * @throws IllegalArgumentException if what is written could be the id of a running process
   */
  void requireHarmless() {
    if (!operation.writes() || !PROCESS_LISTS.contains(fileName())) {
      return;
    }
    List<?> data = arguments.get(1) instanceof List<?> many ? many : List.of(arguments.get(1));
    for (Object text : data) {
      String digits = ((String) text).replaceAll("[^0-9]", "");
      if (!digits.isEmpty() && new BigInteger(digits).compareTo(MAX_PID) <= 0) {
        throw new IllegalArgumentException(this + " could move a running process: use attach");
      }
    }
  }

  private static String bytes(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  @Override
  public String toString() {
    return Answer.of(toJson()).json();
  }
}
