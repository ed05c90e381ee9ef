package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An edit is shown as what one would type. */
class ShellTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "64K | echo 64K > /m/f",
        "-1 | echo -1 > /m/f",
        "add a send=10M/s | echo 'add a send=10M/s' > /m/f",
        "it's | echo 'it'\\''s' > /m/f",
        "$(reboot) | echo '$(reboot)' > /m/f",
        "a;b | echo 'a;b' > /m/f",
        "~ | echo '~' > /m/f",
        "`` | echo '' > /m/f",
        "-n | printf '%s\\n' -n > /m/f", // an option of echo's
        "-neE | printf '%s\\n' -neE > /m/f",
        "a\\tb | printf '%s\\n' 'a\\tb' > /m/f", // dash's echo would make a tab of it
      })
  void aWriteIsAnEcho(String text, String command) {
    assertThat(ShellText.echo(text, "/m/f")).isEqualTo(command);
  }

  @Test
  void aPathIsQuotedToo() {
    assertThat(ShellText.echo("1", "/m/a b/f")).isEqualTo("echo 1 > '/m/a b/f'");
    assertThat(ShellText.command("mkdir", "/m/ü")).isEqualTo("mkdir '/m/ü'");
    assertThat(ShellText.echo("a\nb", "/m/f")).isEqualTo("echo 'a\nb' > /m/f");
  }
}
