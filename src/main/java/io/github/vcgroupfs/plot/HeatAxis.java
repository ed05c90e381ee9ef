package io.github.vcgroupfs.plot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One direction of a heat map: which values there are, and how much room each has. Immutable. */
public final class HeatAxis {
  /** From the least value to the greatest, times so much: a logarithm shows it better. */
  private static final double WIDE = 8;

  private final String name;
  private final Unit unit;
  private final List<Mark> marks;
  private final boolean logarithmic;
  private final double[] edges;

  private HeatAxis(String name, Unit unit, List<Mark> marks, boolean logarithmic, double[] edges) {
    this.name = name;
    this.unit = unit;
    this.marks = List.copyOf(marks);
    this.logarithmic = logarithmic;
    this.edges = edges;
  }

  /**
   * A value.
   *
   * @param value its place; not a number: it is a word
   * @param key how it is called in {@link HeatPanel#set}
   */
  public record Mark(double value, String key) {}

  /**
   * An axis.
   *
   * @param name what varies along it
   * @param unit of the values
   * @param numbers whether they are numbers: then they are sorted, and lie where they belong
   * @param marks the values, each once
   */
  public static HeatAxis of(String name, Unit unit, boolean numbers, List<Mark> marks) {
    List<Mark> sorted = new ArrayList<>(marks);
    if (!numbers) {
      return new HeatAxis(name, unit, sorted, false, edges(positions(sorted.size())));
    }
    sorted.sort(Comparator.comparingDouble(Mark::value));
    double[] places = sorted.stream().mapToDouble(Mark::value).toArray();
    double least = places.length == 0 ? 0 : places[0];
    boolean logarithmic = least > 0 && places[places.length - 1] >= WIDE * least;
    for (int i = 0; i < places.length; i++) {
      places[i] = logarithmic ? Math.log(places[i]) : places[i];
    }
    return new HeatAxis(name, unit, sorted, logarithmic, edges(places));
  }

  private static double[] positions(int count) {
    double[] places = new double[count];
    for (int i = 0; i < count; i++) {
      places[i] = i;
    }
    return places;
  }

  /** Half way between the places, and as far outside of the first and the last; from 0 to 1. */
  private static double[] edges(double[] places) {
    int count = places.length;
    double[] edges = new double[count + 1];
    for (int i = 1; i < count; i++) {
      edges[i] = (places[i - 1] + places[i]) / 2;
    }
    if (count > 1) {
      edges[0] = places[0] - (edges[1] - places[0]);
      edges[count] = places[count - 1] + (places[count - 1] - edges[count - 1]);
    } else {
      edges[count] = 1;
    }
    double from = edges[0];
    double width = edges[count] - from;
    for (int i = 0; i <= count; i++) {
      edges[i] = (edges[i] - from) / width;
    }
    return edges;
  }

  String name() {
    return name;
  }

  /** Whether a value is on the axis. */
  public boolean has(String key) {
    return indexOf(key) >= 0;
  }

  int indexOf(String key) {
    for (int i = 0; i < marks.size(); i++) {
      if (marks.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  int size() {
    return marks.size();
  }

  boolean isLogarithmic() {
    return logarithmic;
  }

  /** Where a value begins, from 0 to 1; the last one ends where the next would begin. */
  double edge(int index) {
    return edges[index];
  }

  /** A value for people. */
  String text(int index) {
    Mark mark = marks.get(index);
    return Double.isNaN(mark.value()) ? mark.key() : unit.text(mark.value());
  }

  /** A value for programs. */
  String key(int index) {
    return marks.get(index).key();
  }
}
