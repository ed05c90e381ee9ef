package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FewAtOnceTest {
  private final FewAtOnce two = new FewAtOnce(2, "%d wait already");
  private final Request request = Request.of("GET", "/", Map.of(), new byte[0]);

  FewAtOnceTest() throws BadRequestException {}

  @Test
  void whoIsTooMuchIsToldAtOnce() throws Exception {
    Route innermost = two.limiting(each -> Answer.json(Map.of()));
    Route inner = two.limiting(innermost);
    assertThat(inner.answer(request).status()).as("two").isEqualTo(200);
    Answer third = two.limiting(inner).answer(request);
    assertThat(third.status()).isEqualTo(Answer.UNAVAILABLE);
    assertThat(new String(third.body(), StandardCharsets.UTF_8)).contains("2 wait already");
  }

  @Test
  void whoFailsGivesThePlaceBack() throws Exception {
    Route fails =
        two.limiting(
            each -> {
              throw new IOException("gone");
            });
    for (int i : List.of(1, 2, 3)) {
      assertThatThrownBy(() -> fails.answer(request)).as("try %d", i).hasMessage("gone");
    }
    assertThat(two.limiting(each -> Answer.json(Map.of())).answer(request).status()).isEqualTo(200);
  }
}
