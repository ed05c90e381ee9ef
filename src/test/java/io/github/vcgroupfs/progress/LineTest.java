package io.github.vcgroupfs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTest {
  @Test
  void aLineIsWrittenOverAndNeverGoesOnInTheNext() {
    assertThat(new Line().draw("a: 1 s")).isEqualTo("\r\u001b[?7la: 1 s\u001b[K\u001b[?7h");
  }

  @Test
  void onlyWhatIsDrawnIsCleared() {
    Line line = new Line();
    assertThat(line.clear()).isEmpty();
    line.draw("a");
    assertThat(line.isDrawn()).isTrue();
    assertThat(line.clear()).isEqualTo("\r\u001b[K");
    assertThat(line.isDrawn()).isFalse();
    assertThat(line.clear()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "line 3, 0, 'simulate: line 3, 0 s'",
    "line 3, 59, 'simulate: line 3, 59 s'",
    "line 3, 60, 'simulate: line 3, 1 min 0 s'",
    "line 3, 3599, 'simulate: line 3, 59 min 59 s'",
    "line 3, 3660, 'simulate: line 3, 1 h 1 min'",
    "'', 7, 'simulate: 7 s'",
  })
  void theTextSaysHowLong(String done, long seconds, String text) {
    assertThat(Line.text("simulate", done, seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "xterm, , true",
    "xterm, '', true",
    "xterm, 1, false",
    "dumb, , false",
    ", , false",
  })
  void theEnvironmentCanForbidIt(String term, String noProgress, boolean wanted) {
    Map<String, String> environment = new java.util.HashMap<>();
    if (term != null) {
      environment.put("TERM", term);
    }
    if (noProgress != null) {
      environment.put("NO_PROGRESS", noProgress);
    }
    assertThat(Progress.isWanted(environment)).isEqualTo(wanted);
  }

  @Test
  void theLineMakesRoomBeforeAnythingIsPrinted() {
    StringWriter terminal = new StringWriter();
    List<String> whenCleared = new ArrayList<>();
    PrintWriter out =
        new PrintWriter(
            new MakingRoom(new PrintWriter(terminal), () -> whenCleared.add(terminal.toString())));
    out.println("one");
    assertThat(out.checkError()).isFalse();
    out.println("two");
    assertThat(out.checkError()).isFalse();
    assertThat(terminal).hasToString("one\ntwo\n");
    assertThat(whenCleared).containsExactly("", "one\n");
  }
}
