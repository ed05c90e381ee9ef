package io.github.vcgroupfs.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lines of the other {@code sim.*} files that are taken apart. */
class LogLinesTest {
  private static List<JournalLine> lines(String... texts) {
    return List.of(texts).stream().map(JournalLine::parse).toList();
  }

  @Test
  void aRefusal() {
    JournalLine line =
        JournalLine.parse(
            "12:00:00.123 my sh[4711] write web/limit \"64K\" → EBUSY: 1 page more is in use: free it");
    assertThat(line.process()).isEqualTo("my sh[4711]");
    assertThat(line.call()).isEqualTo("write");
    assertThat(line.target()).isEqualTo("web/limit \"64K\"");
    assertThat(line.errno()).contains("EBUSY");
    assertThat(line.why()).contains("1 page more is in use: free it");
    assertThat(line.isRefusal()).isTrue();
  }

  @Test
  void aChange() {
    JournalLine line = JournalLine.parse("12:00:00.123 ?[?] mkdir web");
    assertThat(line.process()).isEqualTo("?[?]");
    assertThat(line.target()).isEqualTo("web");
    assertThat(line.isRefusal()).isFalse();
  }

  @Test
  void anotherTextIsKept() {
    assertThat(JournalLine.parse("odd").target()).isEqualTo("odd");
  }

  @Test
  void onlyWhatIsNewIsTold() {
    JournalTail tail = new JournalTail();
    assertThat(tail.newLines(lines("a", "b"))).hasSize(2);
    assertThat(tail.newLines(lines("a", "b"))).isEmpty();
    assertThat(tail.newLines(lines("a", "b", "c"))).isEqualTo(lines("c"));
    assertThat(tail.newLines(lines("b", "c", "d", "e"))).isEqualTo(lines("d", "e"));
    assertThat(tail.newLines(lines("x", "y"))).as("all others are gone").hasSize(2);
    assertThat(tail.newLines(lines("x", "y", "y"))).as("the same again").isEqualTo(lines("y"));
    assertThat(tail.newLines(List.of())).isEmpty();
  }

  @Test
  void aSimulatedSocket() {
    SocketRow socket =
        SocketRow.parse(
            "ESTAB 10 20 f/0:send f/0:receive skmem:(r1,rb2,t0,tb4,f5,w6,o0,bl0,d9) accounted:1"
                + " pressure:1 window:65535 simulated");
    assertThat(List.of(socket.receiveQueue(), socket.sendQueue())).isEqualTo(List.of(10L, 20L));
    assertThat(socket.local()).isEqualTo("f/0:send");
    assertThat(socket.number("skmem.rb")).hasValue(2);
    assertThat(socket.number("skmem.d")).hasValue(9);
    assertThat(socket.window()).hasValue(65535);
    assertThat(socket.underPressure() && socket.isAccounted()).isTrue();
    assertThat(socket.relayed()).isFalse();
  }

  @Test
  void aRelayedSocket() {
    SocketRow socket =
        SocketRow.parse(
            "ESTAB 0 0 r/0:front=127.0.0.1:9 r/0:back skmem:(r0,rb2,t0,tb4,f0,w0,o0,bl0,d0) accounted:0"
                + " pressure:0 refusals:3 relayed");
    assertThat(socket.relayed()).isTrue();
    assertThat(socket.window()).isEmpty();
    assertThat(socket.number("refusals")).hasValue(3);
    assertThat(socket.isAccounted()).isFalse();
    assertThatThrownBy(() -> SocketRow.parse("odd")).hasMessageContaining("\"odd\"");
  }

  @Test
  void aTableByTheNamesOfItsColumns() {
    assertThat(TextTable.parse(List.of("name   sent", "f       12", "g       3")))
        .isEqualTo(List.of(Map.of("name", "f", "sent", "12"), Map.of("name", "g", "sent", "3")));
    assertThat(TextTable.parse(List.of())).isEmpty();
  }
}
