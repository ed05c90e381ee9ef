package io.github.vcgroupfs.plot;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A plot as a program reads it: what it shows, not how. Immutable. */
final class Drawn {
  private static final Pattern MOVE = Pattern.compile("([Mlhv])(-?[0-9.]+)?(?: ?(-?[0-9.]+))?");

  private final Document document;
  private final Element root;

  Drawn(String svg) throws Exception {
    this.document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    this.root = document.getDocumentElement();
  }

  Element root() {
    return root;
  }

  /** Elements that have all those words as their class. */
  List<Element> all(Element below, String classes) {
    List<Element> found = new ArrayList<>();
    NodeList groups = below.getElementsByTagName("g");
    for (int i = 0; i < groups.getLength(); i++) {
      Element group = (Element) groups.item(i);
      if (List.of(group.getAttribute("class").split(" "))
          .containsAll(List.of(classes.split(" ")))) {
        found.add(group);
      }
    }
    return found;
  }

  Element panel(String kind) {
    return all(root, "panel " + kind).get(0);
  }

  /** The curve of a group. */
  Element series(String kind, String group) {
    return all(root, "series " + kind).stream()
        .filter(each -> each.getAttribute("data-of").equals(group))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " of " + group));
  }

  List<String> texts(Element below) {
    List<String> texts = new ArrayList<>();
    NodeList found = below.getElementsByTagName("text");
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  /** The corners of the only line in there: x and y of each. */
  static List<double[]> corners(Element series) {
    NodeList paths = series.getElementsByTagName("path");
    String path = ((Element) paths.item(paths.getLength() - 1)).getAttribute("d");
    List<double[]> corners = new ArrayList<>();
    double x = 0;
    double y = 0;
    for (MatchResult move : MOVE.matcher(path).results().toList()) {
      double first = Double.parseDouble(move.group(2));
      switch (move.group(1)) {
        case "M" -> {
          x = first;
          y = Double.parseDouble(move.group(3));
        }
        case "l" -> {
          x += first;
          y += Double.parseDouble(move.group(3));
        }
        case "h" -> x += first;
        default -> y += first;
      }
      corners.add(new double[] {x, y});
    }
    return corners;
  }

  /** Where a value has its mark in a panel. */
  double mark(Element panel, long value) {
    Element tick =
        all(panel, "tick").stream()
            .filter(each -> each.getAttribute("data-value").equals(Long.toString(value)))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no mark at " + value));
    return corners(tick).get(0)[1];
  }

  /** The labels of a panel: x, y and the width that they have about. */
  List<double[]> labels(Element panel) {
    List<double[]> places = new ArrayList<>();
    for (Element label : all(panel, "label")) {
      Element text = (Element) label.getElementsByTagName("text").item(0);
      double size = Double.parseDouble(text.getAttribute("font-size"));
      places.add(
          new double[] {
            Double.parseDouble(text.getAttribute("x")),
            Double.parseDouble(text.getAttribute("y")),
            TextWidth.of(text.getTextContent(), size, false)
          });
    }
    return places;
  }
}
