package io.github.vcgroupfs.top;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is to be shown at first, and how often it is looked at. Immutable.
 *
 * @param tree whether groups stand below their parents
 * @param tcp whether the table of TCP comes first
 * @param sort one of {@link #sortWords}; empty: what is largest in that table
 * @param filter part of the paths of those that are shown; empty: all are
 * @param interval from one look to the next
 */
public record TopOptions(
    boolean tree, boolean tcp, Optional<String> sort, String filter, Duration interval) {
  /** By what a table can be sorted. */
  public static List<String> sortWords() {
    return Arrays.stream(Field.values()).map(Field::word).toList();
  }

  /** A field that only one of the tables has asks for that table. */
  View view() {
    Optional<Field> field = sort.flatMap(Field::ofWord);
    Page page = tcp ? Page.TCP_SOCKETS : Page.MEMORY;
    boolean elsewhere =
        field.filter(each -> each != Field.NAME && !page.fields().contains(each)).isPresent();
    Page shown = elsewhere ? page.other() : page;
    return new View(shown, tree, field.orElse(shown.firstSort()), false, filter);
  }
}
