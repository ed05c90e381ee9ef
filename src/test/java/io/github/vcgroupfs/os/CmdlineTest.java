package io.github.vcgroupfs.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The words that start processes. */
class CmdlineTest {
  @Test
  void everyWordHasANulBehindIt() {
    assertThat(Cmdline.parse("java\0-cp\0\0a b\0").words())
        .containsExactly("java", "-cp", "", "a b");
    assertThat(Cmdline.parse("").words()).as("of a kernel thread").isEmpty();
  }

  @Test
  void ofThisProcess() throws Exception {
    Cmdline own = Cmdline.self();
    assertThat(own.words().get(0)).endsWith("java");
    assertThat(Cmdline.of(ProcessHandle.current().pid())).isEqualTo(own);
    assertThat(own.last(1)).containsExactly(own.words().get(own.words().size() - 1));
  }
}
