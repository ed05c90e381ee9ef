package io.github.vcgroupfs.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyDecoderTest {
  private final KeyDecoder decoder = new KeyDecoder();

  private List<Key> keys(String typed) {
    List<Key> keys = new ArrayList<>();
    typed.chars().forEach(c -> decoder.take((char) c).ifPresent(keys::add));
    return keys;
  }

  private static Key key(Key.Name name) {
    return Key.of(name);
  }

  @Test
  void lettersAreTakenAsTheyAre() {
    assertThat(keys("aé日\ud83d\ude00"))
        .containsExactly(Key.sign('a'), Key.sign('é'), Key.sign('日'), Key.sign(0x1f600));
  }

  @Test
  void arrowsComeInTheWaysOfVt220AndOfApplications() {
    assertThat(keys("\033[A\033OA\033[B\033[5~\033[6~\033[H\033OF\033[1~\033OP\033[[A"))
        .extracting(Key::name)
        .containsExactly(
            Key.Name.UP,
            Key.Name.UP,
            Key.Name.DOWN,
            Key.Name.PAGE_UP,
            Key.Name.PAGE_DOWN,
            Key.Name.HOME,
            Key.Name.END,
            Key.Name.HOME,
            Key.Name.HELP,
            Key.Name.HELP);
  }

  @Test
  void controlCharactersAreKeys() {
    assertThat(keys("\003\032\014\r\n\t\177\b\001"))
        .extracting(Key::name)
        .containsExactly(
            Key.Name.INTERRUPT,
            Key.Name.SUSPEND,
            Key.Name.REDRAW,
            Key.Name.ENTER,
            Key.Name.ENTER,
            Key.Name.TAB,
            Key.Name.BACKSPACE,
            Key.Name.BACKSPACE,
            Key.Name.OTHER);
  }

  @Test
  void anEscapeAloneIsAKeyOnlyWhenNothingFollows() {
    assertThat(keys("\033")).isEmpty();
    assertThat(decoder.isPending()).isTrue();
    assertThat(decoder.end()).contains(key(Key.Name.ESCAPE));
    assertThat(decoder.isPending()).isFalse();
    assertThat(decoder.end()).isEmpty();
    assertThat(keys("\033\033[A")).containsExactly(key(Key.Name.ESCAPE), key(Key.Name.UP));
  }

  @Test
  void anUnknownSequenceIsSwallowedWhole() {
    assertThat(keys("\033[1;5Cq")).containsExactly(key(Key.Name.OTHER), Key.sign('q'));
    assertThat(keys("\033xq")).containsExactly(key(Key.Name.OTHER), Key.sign('q'));
    assertThat(keys("\033[" + "1".repeat(40) + "q").get(0)).isEqualTo(key(Key.Name.OTHER));
  }
}
