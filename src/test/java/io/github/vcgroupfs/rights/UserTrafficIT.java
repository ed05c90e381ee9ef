package io.github.vcgroupfs.rights;

import static io.github.vcgroupfs.rights.TwoUsers.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mount of root's with the options that let users in, and with release agents that are run. */
@MountTest
@Tag("jdk")
class UserTrafficIT {
  private static final String EPERM = "Operation not permitted";
  private static final String DONE = "";
  private static final String RELAY = "nobody/sim.tcp.relay";

  private static TwoUsers users;
  private static MountedFs mount;

  @BeforeAll
  static void startMount() throws Exception {
    users =
        TwoUsers.start(
            "--allow-user-traffic", "--forbid-connect=127.0.0.2,10.0.0.0/8", "--release-agent=run");
    mount = users.mount();
  }

  @AfterAll
  static void endMount() throws Exception {
    if (users != null) {
      users.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "listen=127.0.0.1:81 connect=127.0.0.1:22, has a port below 1024",
    "listen=[::1]:1023 connect=127.0.0.1:22, has a port below 1024",
    "listen=0.0.0.0:8181 connect=127.0.0.1:22, is no loopback address",
    "listen=[::]:8181 connect=127.0.0.1:22, is no loopback address",
    "listen=127.0.0.1:0 connect=127.0.0.2:22, connect=127.0.0.2:22 is in 127.0.0.2",
    "listen=127.0.0.1:0 connect=10.9.8.7:22, connect=10.9.8.7:22 is in 10.0.0.0/8"
  })
  void relaysOfUsersHaveBounds(String line, String why) throws Exception {
    assertThat(users.write(NOBODY, RELAY, "add bad " + line)).isEqualTo(EPERM);
    assertThat(users.why("nobody")).contains("EPERM: ", why, "uid 65534");
    assertThat(mount.read(RELAY)).doesNotContain("bad ");
  }

  @Test
  void theSocketsOfAUsersRelayAreHis() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String line = "add good listen=127.0.0.1:0 connect=localhost:" + server.getLocalPort();
      assertThat(users.write(NOBODY, RELAY, line)).isEqualTo(DONE);
      int port = port("good");
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
          Socket served = server.accept()) {
        client.getOutputStream().write(7);
        assertThat(served.getInputStream().read()).isEqualTo(7);
        assertThat(ownerOf(port, 0)).as("the listener").isEqualTo(NOBODY);
        assertThat(ownerOf(served.getPort(), server.getLocalPort()))
            .as("the connection to the server, at which firewalls look")
            .isEqualTo(NOBODY);
      }
      assertThat(users.write(NOBODY, RELAY, "remove good")).isEqualTo(DONE);
    }
  }

  /** Where a relay listens. */
  private static int port(String relay) throws Exception {
    for (String line : mount.read(RELAY).lines().toList()) {
      String[] fields = line.split(" +", -1);
      if (fields[0].equals(relay)) {
        return Integer.parseInt(fields[1].replaceFirst(".*:", ""));
      }
    }
    throw new AssertionError("no relay " + relay);
  }

  /** The uid in {@code /proc/net/tcp*} of the socket between those ports; 0: it listens. */
  private static int ownerOf(int local, int remote) throws Exception {
    String ports = String.format(Locale.ROOT, ".*:%04X [0-9A-F]+:%04X .*", local, remote);
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      for (String line : Files.readAllLines(Path.of(table))) {
        if (line.matches(ports)) {
          return Integer.parseInt(line.strip().split("\\s+", -1)[7]);
        }
      }
    }
    throw new AssertionError("no socket from port %d to %d".formatted(local, remote));
  }

  @Test
  void rootIsNotBound() throws Exception {
    String line = "add root listen=0.0.0.0:0 connect=127.0.0.2:9";
    assertThat(users.write(0, RELAY, line)).isEqualTo(DONE);
    int port = port("root");
    assertThat(ownerOf(port, 0)).isZero();
    assertThat(users.write(0, RELAY, "remove root")).isEqualTo(DONE);
  }

  @Test
  void aUserOfAnotherNetworkNamespaceHasNoRelays() throws Exception {
    Program.Ended ended =
        users.shell(
            0,
            "unshare --net "
                + String.join(" ", TwoUsers.as(NOBODY, "tee", RELAY))
                + " <<.\nadd far listen=127.0.0.1:0 connect=127.0.0.1:22\n.\n");
    assertThat(ended.err()).contains(EPERM);
    assertThat(users.why("nobody")).contains("EPERM: relays are in the daemon's network namespace");
    assertThat(mount.read(RELAY)).doesNotContain("far ");
  }

  @Test
  void delaysAndTheMachinesMemoryAreForUsersToo() throws Exception {
    String line = "read tasks delay=1ms error=ENODEV";
    assertThat(users.write(NOBODY, "nobody/sim.fault", line)).isEqualTo(DONE);
    assertThat(users.shell(0, "cat nobody/tasks").err()).contains("No such device");
    assertThat(users.write(NOBODY, "nobody/sim.fault", "clear")).isEqualTo(DONE);
    String before = mount.read("sim.tcp.mem");
    Syscalls.chown(mount.path("sim.tcp.mem"), NOBODY, NOBODY);
    assertThat(users.write(NOBODY, "sim.tcp.mem", before.strip())).isEqualTo(DONE);
  }

  @Test
  void noUserNamesAReleaseAgentThatRootRuns() throws Exception {
    Syscalls.chown(mount.path("release_agent"), NOBODY, NOBODY);
    assertThat(users.write(NOBODY, "release_agent", "/bin/true")).isEqualTo(EPERM);
    assertThat(users.why("."))
        .contains("EPERM: release_agent names a program that is run as", "--release-agent record");
    String byUser = String.join(" ", TwoUsers.as(NOBODY, "sh", "-c", "'echo /x >&5'"));
    assertThat(users.shell(0, byUser + " 5>release_agent").status())
        .as("nor through a descriptor of root's")
        .isNotZero();
    assertThat(mount.read("release_agent")).isEqualTo("\n");
    assertThat(users.write(0, "release_agent", "/bin/true")).isEqualTo(DONE);
    assertThat(users.write(0, "release_agent", "")).isEqualTo(DONE);
  }

  @Test
  void rangesThatAreNoneAreMisuse() throws Exception {
    Program.Ended ended = Program.run("mount", "--forbid-connect", "localhost", "/nowhere");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err()).contains("--forbid-connect: \"localhost\" is no range of addresses");
    assertThat(List.of(ended.out())).containsExactly("");
  }
}
