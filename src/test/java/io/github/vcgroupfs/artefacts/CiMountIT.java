package io.github.vcgroupfs.artefacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.vcgroupfs.testing.JdkServer;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * mount-scripts/ci-mount, with an archive whose program only writes down how it was called. The
 * real archive, and the CI systems around it, are the matter of src/test/artefacts/ci-test.
 */
class CiMountIT {
  private static final Path SCRIPT = Path.of("mount-scripts/ci-mount").toAbsolutePath();
  private static final String NAME = "vcgroupfs-0.1.0-linux-x86_64";

  @TempDir Path dir;
  private Path archive;
  private HttpServer server;
  private final List<Integer> answers = new ArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void anArchiveAndAServer() throws Exception {
    Needs.programs("curl", "tar", "sha256sum");
    archive =
        pack(NAME, "bin/vcgroupfs", "#!/bin/sh\nprintf '<%s>' \"$@\" >\"${0%/*}/../called\"\n");
    server = JdkServer.create();
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void endTheServer() {
    server.stop(0);
  }

  @Test
  void whatAServerRefusesForAMomentIsAskedForAgainAndMounted() throws Exception {
    answers.add(503);
    Program.Ended ended =
        ciMount(
            Map.of(
                "ARCHIVE", url(),
                "SHA256", sum(archive),
                "DIR", "/tmp/a place",
                "PROFILE", "linux-6.1",
                "CONTROLLERS", "all",
                "OPTIONS", "--strict  --seed\n7 *"));
    assertThat(ended.err()).doesNotContain("vcgroupfs:");
    assertThat(ended.status()).isZero();
    assertThat(asked).hasValue(2);
    assertThat(called())
        .isEqualTo(
            "<mount><--profile><linux-6.1><--controllers><all><--strict><--seed><7><*></tmp/a place>");
  }

  @Test
  void anArchiveThatIsNotThereIsAskedForOnce() throws Exception {
    answers.add(404);
    refused(1, "could not be downloaded", Map.of("ARCHIVE", url(), "SHA256", sum(archive)));
    assertThat(asked).hasValue(1);
  }

  @Test
  void anotherChecksumThanAskedForIsRefused() throws Exception {
    String other = "0".repeat(64);
    refused(
        1,
        "is " + sum(archive) + ", not " + other,
        Map.of("ARCHIVE", archive.toString(), "SHA256", other));
  }

  @Test
  void aListBesideTheArchiveIsHeeded() throws Exception {
    Path list = archive.resolveSibling("SHA256SUMS");
    Files.writeString(
        list, "%s  other\n%s *%s\n".formatted("1".repeat(64), sum(archive), archive.getFileName()));
    assertThat(ciMount(Map.of("ARCHIVE", archive.toString())).status()).isZero();
    Files.writeString(list, "2".repeat(64) + "  " + archive.getFileName() + "\n");
    refused(1, "not " + "2".repeat(64), Map.of("ARCHIVE", archive.toString()));
  }

  @Test
  void withoutTlsTheChecksumMustBeGiven() throws Exception {
    refused(2, "is not https", Map.of("ARCHIVE", url()));
    assertThat(asked).hasValue(0);
  }

  @Test
  void theProgramAloneIfNoMountPointIsGiven() throws Exception {
    assertThat(ciMount(Map.of("ARCHIVE", archive.toString(), "DIR", "")).status()).isZero();
    assertThat(home().resolve("bin/vcgroupfs")).isExecutable();
    assertThat(home().resolve("called")).doesNotExist();
  }

  @Test
  void anEarlierOneGivesWayAndNothingElseDoes() throws Exception {
    Map<String, String> values = Map.of("ARCHIVE", archive.toString());
    assertThat(ciMount(values).status()).isZero();
    Files.createFile(home().resolve("old"));
    assertThat(ciMount(values).status()).isZero();
    assertThat(home().resolve("old")).doesNotExist();

    Files.delete(home().resolve("bin/vcgroupfs"));
    Program.Ended ended = ciMount(values);
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("holds something else than vcgroupfs");
    assertThat(home().resolve("called")).exists();
  }

  /** As {@code /usr/local} is, where somebody has installed vcgroupfs beside other things. */
  @Test
  void aFolderThatItHasNotMadeStays() throws Exception {
    Path installed = home().resolve("bin/vcgroupfs");
    Files.createDirectories(installed.getParent());
    Files.writeString(installed, "somebody's");
    Program.Ended ended = ciMount(Map.of("ARCHIVE", archive.toString()));
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("holds something else than vcgroupfs");
    assertThat(installed).hasContent("somebody's");
  }

  @Test
  void anotherArchiveIsRefused() throws Exception {
    Path text = Files.writeString(dir.resolve("text.tar.gz"), "no archive");
    refused(1, "could not be unpacked", Map.of("ARCHIVE", text.toString()));
    Path other = pack("other", "readme", "a text");
    refused(1, "has no bin/vcgroupfs", Map.of("ARCHIVE", other.toString()));
  }

  @Test
  void aMountThatFailsHasItsOwnStatus() throws Exception {
    Path failing = pack("failing", "bin/vcgroupfs", "#!/bin/sh\nexit 3\n");
    assertThat(ciMount(Map.of("ARCHIVE", failing.toString())).status()).isEqualTo(3);
  }

  /** \n stands for a line feed, \r for a return. */
  @ParameterizedTest
  @CsvSource({
    "DIR, /tmp/a\\nPATH=/tmp/evil, more than one line",
    "PROFILE, a\\r::add-path::b, more than one line",
    "ARCHIVE, /tmp/a\\nb, more than one line",
    "DIR, relative, the mount point is",
    "HOME, relative, VCGROUPFS_HOME is",
    "VERSION, ../../other, the version is",
    "VERSION, $(id), the version is",
    "SHA256, 12ab, the checksum is",
    "SHA256, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, the checksum is",
    "ARCHIVE, ftp://localhost/a.tar.gz, begins with https",
    "ARCHIVE, /nowhere/a.tar.gz, cannot be read",
  })
  void aValueThatCannotBeRightIsNamed(String name, String value, String sentence) throws Exception {
    Map<String, String> values = new HashMap<>(Map.of("ARCHIVE", archive.toString()));
    values.put(name, value.replace("\\n", "\n").replace("\\r", "\r"));
    refused(2, sentence, values);
  }

  /** What a stranger may write into a workflow's inputs stays a text. */
  @Test
  void noValueIsReadAsACommand() throws Exception {
    String evil = "$(touch " + dir + "/evil)`touch " + dir + "/evil`;touch " + dir + "/evil";
    Map<String, String> values = new HashMap<>(Map.of("ARCHIVE", archive.toString()));
    values.put("DIR", "/" + evil);
    values.put("PROFILE", evil);
    values.put("CONTROLLERS", evil);
    values.put("OPTIONS", evil);
    assertThat(ciMount(values).status()).isZero();
    assertThat(called()).contains("<--profile><" + evil + ">").endsWith("</" + evil + ">");
    assertThat(dir.resolve("evil")).doesNotExist();
  }

  /** One sentence of ours, the status, and nothing left. */
  private void refused(int status, String part, Map<String, String> values) throws Exception {
    boolean wasThere = Files.exists(home());
    Program.Ended ended = ciMount(values);
    assertThat(ended.err()).contains(part);
    assertThat(ended.err().lines().filter(line -> line.startsWith("vcgroupfs: "))).hasSize(1);
    assertThat(ended.status()).isEqualTo(status);
    assertThat(Files.exists(home())).isEqualTo(wasThere);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("home."))).isEmpty();
    }
  }

  private Program.Ended ciMount(Map<String, String> values) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("HOME", home().toString(), "DIR", "/tmp/m"));
    all.putAll(values);
    List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=" + System.getenv("PATH")));
    all.forEach((name, value) -> command.add("VCGROUPFS_" + name + "=" + value));
    command.addAll(List.of("sh", SCRIPT.toString()));
    return Program.runToEnd(command);
  }

  private Path home() {
    return dir.resolve("home");
  }

  private String called() throws IOException {
    return Files.readString(home().resolve("called"));
  }

  /** An archive of one file in a folder. */
  private Path pack(String folder, String name, String text) throws Exception {
    Path file = dir.resolve(folder).resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Path packed = dir.resolve(folder + ".tar.gz");
    List<String> tar = List.of("tar", "-C", dir.toString(), "-czf", packed.toString(), folder);
    assertThat(Program.runToEnd(tar).status()).isZero();
    return packed;
  }

  private static String sum(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  private String url() {
    return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), archive.getFileName());
  }

  private void answer(HttpExchange exchange) throws IOException {
    int number = asked.getAndIncrement();
    int status = number < answers.size() ? answers.get(number) : 200;
    byte[] bytes = status == 200 ? Files.readAllBytes(archive) : new byte[0];
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
