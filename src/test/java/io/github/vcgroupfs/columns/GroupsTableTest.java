package io.github.vcgroupfs.columns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupsTableTest {
  private final Map<String, Row> rows = new LinkedHashMap<>();

  private GroupsTable.Head parse(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return GroupsTable.parse(bytes, bytes.length, rows::put);
  }

  @Test
  void whatIsWrittenComesBack() {
    StringBuilder text = new StringBuilder();
    GroupsTable.begin(text, "linux-6.18");
    Row first = new Row();
    long value = 0;
    for (Column each : Column.all()) {
      first.set(each, value++);
    }
    first.set(Column.LIMIT, Column.UNLIMITED);
    first.set(Column.USAGE, Long.MAX_VALUE - 1);
    GroupsTable.row(text, "/", first);
    GroupsTable.row(text, "/a b", new Row());

    GroupsTable.Head head = parse(text.toString());
    assertThat(head.profile()).contains("linux-6.18");
    assertThat(head.columns()).isEqualTo(Column.all());
    assertThat(rows.keySet()).containsExactly("/", "/a b");
    for (Column each : Column.all()) {
      assertThat(rows.get("/").get(each)).as("%s", each).isEqualTo(first.get(each));
      assertThat(rows.get("/a b").get(each)).as("%s", each).isEqualTo(Column.UNKNOWN);
    }
    assertThat(text.toString().lines().toList().get(2))
        .startsWith("/\t9223372036854775806\t1\tmax\t");
  }

  @Test
  void columnsAreFoundByTheirNames() {
    GroupsTable.Head head = parse("# odd\npath\tfuture\ttcp_usage\tusage\n/web\t9\t8\t7\n");
    assertThat(head.profile()).isEmpty();
    assertThat(head.has(Column.TCP_USAGE)).isTrue();
    assertThat(head.has(Column.LIMIT)).isFalse();
    assertThat(rows.get("/web").get(Column.TCP_USAGE)).isEqualTo(8);
    assertThat(rows.get("/web").get(Column.USAGE)).isEqualTo(7);
    assertThat(rows.get("/web").get(Column.LIMIT)).isEqualTo(Column.UNKNOWN);
  }

  @Test
  void aLineThatIsCutOffIsNoRow() {
    parse("path\tusage\n/\t1\n/web\t23");
    assertThat(rows.keySet()).containsExactly("/");
  }

  @Test
  void whatIsNoSuchTableIsRefusedWithItsLine() {
    assertThatThrownBy(() -> parse("")).hasMessageContaining("no table of groups");
    assertThatThrownBy(() -> parse("usage 12\n")).hasMessageContaining("\"usage 12\"");
    assertThatThrownBy(() -> parse("path\tusage\n/\t1x\n")).hasMessageContaining("\"/\t1x\"");
    assertThatThrownBy(() -> parse("path\tusage\tlimit\n/\t1\n")).hasMessageContaining("too short");
  }
}
