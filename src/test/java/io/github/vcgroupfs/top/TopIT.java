package io.github.vcgroupfs.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vcgroupfs top} in a real terminal, over a mount whose traffic reaches its limit. */
@MountTest
class TopIT {
  private static final Path KERNELS = Path.of("/sys/fs/cgroup/memory");
  private static final String ODD = "日本\033[2J";

  private static MountedFs shared;

  @TempDir private Path folder;

  @BeforeAll
  static void mount() throws Exception {
    shared = mountWithTraffic();
  }

  private static MountedFs mountWithTraffic() throws Exception {
    MountedFs mounted = MountedFs.start();
    Path web = Files.createDirectory(mounted.root().resolve("web"));
    Files.createDirectory(mounted.root().resolve(ODD));
    Files.writeString(web.resolve("kmem.tcp.limit_in_bytes"), "256K");
    Files.writeString(
        web.resolve("sim.tcp.flows"), "add f connections=8 chunk=16K send=max read=0");
    return mounted;
  }

  @AfterAll
  static void unmount() throws Exception {
    shared.close();
  }

  private TmuxTerminal top(int width, int height, Map<String, String> more, String... options)
      throws Exception {
    return top(shared, width, height, more, options);
  }

  private TmuxTerminal top(
      MountedFs mounted, int width, int height, Map<String, String> more, String... options)
      throws Exception {
    Needs.programs("tmux", "stty");
    String[] words = new String[options.length + 2];
    words[0] = "top";
    System.arraycopy(options, 0, words, 1, options.length);
    words[words.length - 1] = mounted.root().toString();
    return TmuxTerminal.start(folder, width, height, more, Program.command(words));
  }

  private static void assertGivenBack(TmuxTerminal terminal, int status) throws Exception {
    String screen = terminal.await("end");
    assertThat(screen.strip()).isEqualTo("shell\nstatus %d\nend".formatted(status));
    assertThat(terminal.settingsAfter()).isEqualTo(terminal.settingsBefore());
    assertThat(terminal.errors()).isEmpty();
  }

  @Test
  @Tag("jdk")
  void aSmallScreenShowsTheLimitBeingReachedAndGrows() throws Exception {
    try (TmuxTerminal terminal = top(80, 24, Map.of(), "--interval", "0.2")) {
      terminal.await("/  memory", "? help  q quit");
      terminal.press("v");
      String limit = "(?s).*web .* 1\\d\\d% .*yes.*q quit.*";
      String tcp = terminal.await("pressure", screen -> screen.matches(limit));
      assertThat(tcp.lines()).hasSize(24);
      assertThat(tcp).contains("view tcp  as tree", "日本\\x1b[2J", "DROPS/S");
      refuse();
      terminal.press("Down");
      terminal.await("/web  memory", "256K, under pressure", "last refusal: ", "EBUSY");
      terminal.press("/", "W", "E", "B");
      String found = terminal.await("filter: WEB_", "Esc shows all");
      assertThat(found).doesNotContain("日本");
      terminal.press("Enter");
      terminal.resize(200, 50);
      String wide = terminal.await("TCP-MAX", "arrows move, fold", "above the new limit of 65536");
      assertThat(wide.lines()).hasSize(50);
      terminal.press("q");
      assertGivenBack(terminal, 0);
    }
  }

  private void signal(String name) throws Exception {
    Program.runToEnd(List.of("sh", "-c", "kill -" + name + " " + shared.daemon().pid()));
  }

  private void refuse() {
    try {
      Files.writeString(shared.root().resolve("web/kmem.tcp.limit_in_bytes"), "64K");
    } catch (IOException refused) {
      return;
    }
    throw new AssertionError("the limit was taken");
  }

  @Test
  @Tag("jdk")
  void aLargeScreenWithoutColoursEndsByASignal() throws Exception {
    try (TmuxTerminal terminal = top(200, 50, Map.of("NO_COLOR", "1"), "--tcp")) {
      terminal.await("REFUS/S", "yes", "q quit");
      assertThat(terminal.colouredScreen())
          .contains("\033[")
          .doesNotContainPattern("\033\\[([0-9;]*;)?3[0-7][;m]");
      ProcessHandle.of(terminal.pid()).orElseThrow().destroy();
      assertGivenBack(terminal, 143);
    }
  }

  @Test
  void whenTheMountGoesItSaysSoAndCanBeLeft() throws Exception {
    try (MountedFs mounted = mountWithTraffic();
        TmuxTerminal terminal = top(mounted, 80, 24, Map.of(), "--interval", "0.2")) {
      terminal.await("view memory", "─web");
      assertThat(Program.run("umount", mounted.root().toString()).status()).isZero();
      terminal.await("old numbers: ", "─web", "/sys/fs/cgroup/memory");
      terminal.press("C-c");
      assertGivenBack(terminal, 0);
    }
  }

  @Test
  void aDaemonThatStandsStillHoldsNobodyUp() throws Exception {
    // Not while it looks: a call that the daemon has taken and not answered cannot be broken off,
    // whoever makes it (request_wait_answer in fs/fuse/dev.c).
    try (TmuxTerminal terminal = top(80, 24, Map.of(), "--interval", "3")) {
      terminal.await("─web");
      Thread.sleep(300);
      signal("STOP");
      try {
        terminal.await("has not answered");
        terminal.press("Down");
        terminal.await("/web  memory");
        terminal.press("q");
        assertGivenBack(terminal, 0);
      } finally {
        signal("CONT");
      }
    }
  }

  @Test
  void withoutATerminalThereIsOnePlainPicture() throws Exception {
    Ended plain = Program.run("top", "--list", shared.root().toString());
    assertThat(plain.err()).isEmpty();
    assertThat(plain.status()).isZero();
    assertThat(plain.out()).doesNotContain("\033").contains("/web ", "/日本\\x1b[2J");
  }

  @Test
  void jsonIsForPrograms() throws Exception {
    Ended ended = Program.run("top", "--json", "--filter", "web", shared.root().toString());
    assertThat(ended.err()).isEmpty();
    Map<String, Object> object = JSON.std.mapFrom(ended.out());
    assertThat(object).containsEntry("profile", "lwn-2011").containsKeys("timeMs", "unknown");
    List<?> groups = (List<?>) object.get("groups");
    assertThat(groups).hasSize(1);
    Map<?, ?> web = (Map<?, ?>) groups.get(0);
    assertThat(web.get("path")).isEqualTo("/web");
    assertThat(web.get("tcp_limit")).isEqualTo(256 << 10);
    assertThat(web.get("limit")).isEqualTo("unlimited");
  }

  @Test
  void jsonLinesEndWhenNobodyReadsThem() throws Exception {
    List<String> words =
        Program.command("top", "--json", "--interval", "0.1", shared.root().toString());
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(folder.resolve("err").toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    try (var lines = process.inputReader()) {
      assertThat(lines.readLine()).doesNotContain("per_second");
      assertThat(lines.readLine()).contains("\"per_second\":{");
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("err")).isEmptyFile();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void onTheKernelsOwnHierarchyItSaysWhatCannotBeKnown() throws Exception {
    assumeTrue(Files.exists(KERNELS.resolve("memory.usage_in_bytes")), "no cgroup v1 here");
    Ended ended = Program.run("top", "--once", "--tcp", KERNELS.toString());
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .contains("the kernel's own", "TCP-LIM")
        .contains("not known here (?): sockets, window, pressure, drops, refused, sent, received");
    assertThat(ended.out().lines().filter(each -> each.startsWith("/ ")).toList())
        .singleElement()
        .asString()
        .contains("none", "?");
  }

  @Test
  void whatIsNoHierarchyIsRefusedWithASentence() throws Exception {
    Ended ended = Program.run("top", folder.toString());
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).startsWith("vcgroupfs: ").contains("no cgroup v1 memory hierarchy");
  }
}
