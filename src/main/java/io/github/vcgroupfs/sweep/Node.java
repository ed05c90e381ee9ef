package io.github.vcgroupfs.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a line, of which the values that vary are still open. Immutable. */
sealed interface Node {
  /** What it is for a choice. */
  @Nullable Object at(Choice choice);

  /** Of each axis, which value. */
  interface Choice {
    @Nullable Object of(int axis);
  }

  /** What does not vary. */
  record Fixed(@Nullable Object value) implements Node {
    @Override
    public @Nullable Object at(Choice choice) {
      return value;
    }
  }

  /**
   * All of it varies.
   *
   * @param axis with which axis
   * @param bytes whether a text such as 64K stands for a number
   */
  record Varied(int axis, boolean bytes) implements Node {
    @Override
    public @Nullable Object at(Choice choice) {
      Object value = choice.of(axis);
      return bytes && value != null ? Quantity.withoutLetters(value) : value;
    }
  }

  /** A text, part by part. */
  record Text(List<Node> parts) implements Node {
    @Override
    public Object at(Choice choice) {
      StringBuilder text = new StringBuilder();
      parts.forEach(part -> text.append(Axis.text(part.at(choice))));
      return text.toString();
    }
  }

  /** A list that the language has. */
  record Items(List<Node> items) implements Node {
    @Override
    public Object at(Choice choice) {
      List<@Nullable Object> list = new ArrayList<>();
      items.forEach(item -> list.add(item.at(choice)));
      return list;
    }
  }

  /** An object. */
  record Members(Map<String, Node> members) implements Node {
    @Override
    public Map<String, @Nullable Object> at(Choice choice) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      members.forEach((key, member) -> object.put(key, member.at(choice)));
      return object;
    }
  }
}
