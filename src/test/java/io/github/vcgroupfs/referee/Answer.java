package io.github.vcgroupfs.referee;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a step yielded, as JSON: a text, a number, true or false, a list of these, or the name of an
 * errno as a text. Immutable.
 *
 * @param json in one writing, so that equal answers have equal texts
 */
record Answer(String json) {

  /** Of a value as the JSON library reads it: strings have one char a character, not a byte. */
  static Answer of(Object value) {
    try {
      return new Answer(JSON.std.asString(value));
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON: " + value, e);
    }
  }

  /** The texts of an answer that is a list of them. */
  List<String> texts() {
    try {
      return JSON.std.listOfFrom(String.class, json);
    } catch (IOException e) {
      throw new UncheckedIOException("no list of texts: " + json, e);
    }
  }

  /** Whether it is that text, or a list that has it. */
  boolean has(String text) {
    return json.contains(of(text).json);
  }

  /** Whether it is that value. */
  boolean is(Object value) {
    return equals(of(value));
  }

  /** Whether it is the name of an errno: then nothing was changed. */
  boolean isRefusal() {
    return json.matches("\"E[A-Z0-9]+\"");
  }

  @Override
  public String toString() {
    return json;
  }
}
