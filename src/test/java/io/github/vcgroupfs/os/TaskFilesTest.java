package io.github.vcgroupfs.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskFilesTest {
  private static final String REST =
      " S 11 12 13 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 3 0 179931 3133440 384"
          + " 18446744073709551615 93944823689216 93944823709097 140722372085232 0 0\n";

  private static TaskStat stat(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return TaskStat.parse(bytes, bytes.length);
  }

  private static TaskStatus status(String text) {
    return TaskStatus.parse(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "", "a b", ") R 1 2 (", "))", "(", "\u00e9\n"})
  void aNameMayHoldAnything(String comm) {
    assertThat(stat("4711 (" + comm + ")" + REST))
        .isEqualTo(
            new TaskStat(4711, comm, 'S', 11, 12, 13, -1, 0x400100, 3, 179931, 140722372085232L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "4711", "4711 (cat", "4711 (cat)", "4711 (cat) S", "4711 (cat) S 1 2 3"})
  void aTornLineIsNone(String line) {
    assertThat(stat(line)).isNull();
  }

  @Test
  void theBufferMayHoldMore() {
    byte[] bytes = ("4711 (cat)" + REST + ") R").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(TaskStat.parse(bytes, bytes.length - 3)).isEqualTo(stat("4711 (cat)" + REST));
  }

  @Test
  void zombiesAndTheExitingAreDead() {
    assertThat(stat("1 (x)" + REST).isDead()).isFalse();
    assertThat(stat("1 (x)" + REST.replace(" S ", " Z ")).isDead()).isTrue();
    assertThat(stat("1 (x)" + REST.replace(" S ", " X ")).isDead()).isTrue();
    assertThat(stat("1 (x)" + REST.replace("4194560", "4194564")).isDead()).isTrue();
  }

  @Test
  void zombiesHaveEndedAndTheExitingHaveNot() {
    assertThat(stat("1 (x)" + REST).hasEnded()).isFalse();
    assertThat(stat("1 (x)" + REST.replace(" S ", " Z ")).hasEnded()).isTrue();
    assertThat(stat("1 (x)" + REST.replace("4194560", "4194564")).hasEnded()).isFalse();
  }

  @Test
  void boundKernelThreads() {
    assertThat(stat("2 (kthreadd)" + REST.replace("4194560", "2129984")).isBound()).isTrue();
    assertThat(stat("2 (sh)" + REST).isBound()).isFalse();
    assertThat(stat("9 (kworker/0:0)" + REST.replace("4194560", "69238880")).isBound()).isTrue();
  }

  @Test
  void statusNamesProcessUsersAndNamespaces() {
    TaskStatus status =
        status(
            """
            Name:\tTgid:\\n
            State:\tS
            Tgid:\t10
            Ngid:\t0
            Pid:\t11
            PPid:\t1
            Uid:\t1\t2\t4294967295\t4
            Gid:\t5\t6\t7\t8
            Groups:\t\s
            NSpid:\t11\t3\t1
            CapEff:\t8000000000000001
            """);

    assertThat(status.tid()).isEqualTo(11);
    assertThat(status.tgid()).isEqualTo(10);
    assertThat(status.uids()).isEqualTo(new TaskStatus.Ids(1, 2, -1, 4));
    assertThat(status.gids()).isEqualTo(new TaskStatus.Ids(5, 6, 7, 8));
    assertThat(status.groups()).isEmpty();
    assertThat(status.has(0)).isTrue();
    assertThat(status.has(1)).isFalse();
    assertThat(status.has(63)).isTrue();
    assertThat(status.nsPids()).containsExactly(11, 3, 1);
    assertThat(status.isInOtherPidNamespace()).isTrue();
  }

  @Test
  void statusOfOldKernelsHasNoNamespaces() {
    TaskStatus status =
        status("Name:\tx\nTgid:\t10\nPid:\t11\nUid:\t1\t2\t3\t4\nGid:\t1\t2\t3\t4\n");

    assertThat(status.isInOtherPidNamespace()).isFalse();
    assertThat(status("Name:\tx\n")).isNull();
  }

  @Test
  void permissionBitsAndCapabilitiesDecide() {
    String status =
        "Name:\tx\nTgid:\t1\nPid:\t1\nUid:\t1000\t1001\t1002\t1003\nGid:\t5\t6\t7\t8\nGroups:\t20 30 \nCapEff:\t%s\n";
    TaskStatus plain = status(status.formatted("0000000000000000"));
    assertThat(plain.mayRead(0400, 1003, 0)).as("owner").isTrue();
    assertThat(plain.mayRead(0044, 1003, 8)).as("owner bits only").isFalse();
    assertThat(plain.mayRead(0040, 0, 8)).as("group").isTrue();
    assertThat(plain.mayRead(0040, 0, 30)).as("supplementary group").isTrue();
    assertThat(plain.mayRead(0404, 0, 30)).isFalse();
    assertThat(plain.mayRead(0004, 0, 0)).as("others").isTrue();
    assertThat(plain.overridesModes()).isFalse();
    assertThat(status(status.formatted("0000000000000004")).overridesModes()).isTrue();
  }

  @Test
  void fdinfoOfAnOldKernelHasNoInodeNumber() {
    FdInfo old = FdInfo.parse("pos:\t0\nflags:\t0100001\nmnt_id:\t29\n");
    assertThat(old).isEqualTo(new FdInfo(0100001, 29, 0, false));
    assertThat(old.isReadable()).isFalse();
    assertThat(FdInfo.parse("")).isNull();
  }

  @Test
  void theKeysOfATerminalReachItsForegroundGroup() {
    assertThat(stat("1 (x)" + REST).hasTerminal()).isFalse();
    assertThat(stat("1 (x)" + REST.replace("13 0 -1", "13 1025 12")).hasTerminal()).isTrue();
  }
}
