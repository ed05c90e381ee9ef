package io.github.vcgroupfs.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.os.MountTable;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader may know of the process that a line of a log names. */
class ProcReadersTest {
  private static final int UID = 1000;
  private static final int OTHER = 2000;

  private final FakeProc proc = new FakeProc();
  private String options = "rw";
  private final ProcReaders readers =
      new ProcReaders(
          proc,
          pid ->
              Optional.of(
                  MountTable.parse("20 1 0:5 / /proc rw,nosuid - proc proc " + options + "\n")));

  private String process(int reader, int process, int uid) {
    String seen = readers.of(new Caller(UID, 50, reader)).process("bash[" + process + "]", uid);
    return seen == null ? "none" : seen;
  }

  @Test
  void inOurNamespaceItIsAsWritten() {
    int reader = proc.fork(FakeProc.INIT);
    assertThat(process(reader, 4711, OTHER)).isEqualTo("bash[4711]");
    assertThat(readers.of(new Caller(UID, 50, reader)).process("kernel", 0)).isEqualTo("kernel");
  }

  @Test
  void anotherNamespaceHasItsOwnNumbersOrNone() {
    int init = proc.fork(FakeProc.INIT);
    proc.setNamespace(init, "pid:[2]", init, 1);
    int job = proc.fork(init);
    proc.setNamespace(job, "pid:[2]", job, 9);
    int outside = proc.fork(FakeProc.INIT);
    assertThat(process(init, job, UID)).isEqualTo("bash[9]");
    assertThat(process(init, outside, UID)).isEqualTo("none");
    assertThat(process(init, 99_999, UID)).as("one that has exited").isEqualTo("none");
  }

  @Test
  void whoCannotBeSeenFromHereSeesNone() {
    assertThat(process(0, FakeProc.INIT, UID)).isEqualTo("none");
    assertThat(readers.of(new Caller(UID, 50, 0)).process("kernel", 0)).isEqualTo("kernel");
  }

  @ParameterizedTest
  @CsvSource({
    "'rw', bash[4711]",
    "'rw,hidepid=0', bash[4711]",
    "'rw,hidepid=off', bash[4711]",
    "'rw,hidepid=1', none",
    "'rw,hidepid=2', none",
    "'rw,hidepid=noaccess', none",
    "'rw,hidepid=invisible', none",
    "'rw,hidepid=ptraceable', none",
    "'rw,gid=7,hidepid=invisible', none",
    "'rw,gid=50,hidepid=invisible', bash[4711]",
  })
  void hidepidHidesTheProcessesOfOtherUsers(String chosen, String expected) {
    options = chosen;
    int reader = proc.fork(FakeProc.INIT);
    assertThat(process(reader, 4711, OTHER)).isEqualTo(expected);
    assertThat(process(reader, 4711, UID)).isEqualTo("bash[4711]");
  }
}
