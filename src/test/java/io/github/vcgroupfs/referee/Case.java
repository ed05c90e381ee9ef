package io.github.vcgroupfs.referee;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Steps that are run one after the other in a group of their own. Immutable.
 *
 * @param name what it is called
 * @param atRoot in the root of the hierarchy and not in a group of its own; such a case only looks
 * @param steps what is done
 * @param answers what a kernel answered, a step each; empty if none has been asked yet
 */
record Case(String name, boolean atRoot, List<Step> steps, List<Answer> answers) {

  Case {
    steps = List.copyOf(steps);
    answers = List.copyOf(answers);
    if (!answers.isEmpty() && answers.size() != steps.size()) {
      throw new IllegalArgumentException(
          "%s: %d answers to %d steps".formatted(name, answers.size(), steps.size()));
    }
  }

  /** A case that no kernel has answered yet. */
  static Case of(String name, List<Step> steps) {
    return new Case(name, false, steps, List.of());
  }

  /** The same case with what a kernel answered. */
  Case answered(List<Answer> given) {
    return new Case(name, atRoot, steps, given);
  }

  /** Whether a step writes no bytes. */
  boolean writesNothing() {
    return steps.stream().anyMatch(Step::writesNothing);
  }

  /** Reads JSON objects, a line each: {@code name}, {@code steps}, {@code answers}, {@code at}. */
  static List<Case> read(BufferedReader lines) throws IOException {
    List<Case> cases = new ArrayList<>();
    String line = lines.readLine();
    while (line != null) {
      cases.add(parse(JSON.std.mapFrom(line)));
      line = lines.readLine();
    }
    return cases;
  }

  /** As a JSON object in a line. */
  String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    if (atRoot) {
      json.put("at", "root");
    }
    json.put("steps", steps.stream().map(Step::toJson).toList());
    String head = Answer.of(json).json();
    if (answers.isEmpty()) {
      return head;
    }
    String given = String.join(",", answers.stream().map(Answer::json).toList());
    return head.substring(0, head.length() - 1) + ",\"answers\":[" + given + "]}";
  }

  private static Case parse(Map<String, Object> json) {
    return new Case(
        (String) json.get("name"),
        "root".equals(json.get("at")),
        list(json, "steps").stream().map(step -> Step.of((List<?>) step)).toList(),
        list(json, "answers").stream().map(Answer::of).toList());
  }

  private static List<?> list(Map<String, Object> json, String key) {
    return json.get(key) instanceof List<?> list ? list : List.of();
  }
}
