package io.github.vcgroupfs.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules, one by one; {@code UserRightsIT} has them with real users. */
class RightsTest {
  private static final Caller ROOT = new Caller(0, 0, 10);
  private static final Caller MOUNTER = new Caller(1000, 1000, 20);
  private static final Caller USER = new Caller(65534, 65534, 30);

  private static Rights rights(boolean userTraffic, boolean runsAgents, Tasks tasks) {
    return new Rights(MOUNTER, userTraffic, Subnet.parseAll(Subnet.LINK_LOCAL), runsAgents, tasks);
  }

  private static InetSocketAddress address(String host, int port) throws Exception {
    return new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private static void throwAny(Optional<ErrnoException> refusal) throws ErrnoException {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class,
            refusal -> {
              assertThat(refusal.errno()).isEqualTo(Errno.EPERM);
              assertThat(refusal.why()).contains(parts);
            });
  }

  @Test
  void whatReachesBeyondAGroupIsForTheMounterAndRoot() {
    Rights rights = rights(false, false, Tasks.BY_USER);
    assertThatCode(() -> rights.requireUserTraffic(ROOT, "x")).doesNotThrowAnyException();
    assertThatCode(() -> rights.requireUserTraffic(MOUNTER, "x")).doesNotThrowAnyException();
    assertRefused(
        () -> rights.requireUserTraffic(USER, "sim.x"),
        "sim.x is for uid 1000, who mounted,",
        "not for uid 65534",
        "--allow-user-traffic");
    assertThatCode(() -> rights(true, false, Tasks.BY_USER).requireUserTraffic(USER, "x"))
        .doesNotThrowAnyException();
  }

  @Test
  void ofOpenerAndWriterTheWeakerDecides() {
    Rights rights = rights(false, false, Tasks.BY_USER);
    assertThat(rights.weaker(ROOT, USER)).isEqualTo(USER);
    assertThat(rights.weaker(USER, ROOT)).isEqualTo(new Caller(65534, 65534, ROOT.tid()));
    assertThat(rights.weaker(USER, new Caller(7, 7, 40)).uid()).isEqualTo(USER.uid());
    assertThat(rights.isOwner(rights.weaker(MOUNTER, ROOT))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "fe80::1"})
  void usersListenOnLoopbackOnly(String host) throws Exception {
    Rights rights = rights(true, false, Tasks.BY_USER);
    InetSocketAddress address = address(host, 8080);
    assertRefused(
        () -> rights.requireListen(USER, address), "no loopback address", "uid 65534", "127.0.0.1");
    assertThatCode(() -> rights.requireListen(MOUNTER, address)).doesNotThrowAnyException();
    assertThatCode(() -> rights.requireListen(ROOT, address)).doesNotThrowAnyException();
  }

  @Test
  void usersListenFromPort1024Up() throws Exception {
    Rights rights = rights(true, false, Tasks.BY_USER);
    for (int port : new int[] {0, 1024, 65535}) {
      InetSocketAddress free = address("127.0.0.53", port);
      assertThatCode(() -> rights.requireListen(USER, free)).doesNotThrowAnyException();
    }
    for (int port : new int[] {1, 81, 1023}) {
      InetSocketAddress low = address("::1", port);
      assertRefused(
          () -> rights.requireListen(USER, low), ":" + port + " has a port below 1024", "1024 up");
      assertThatCode(() -> rights.requireListen(ROOT, low)).doesNotThrowAnyException();
    }
  }

  @Test
  void usersDoNotConnectToForbiddenAddresses() throws Exception {
    Rights rights = rights(true, false, Tasks.BY_USER);
    InetSocketAddress metadata = address("169.254.169.254", 80);
    assertRefused(
        () -> throwAny(rights.refusalToConnect(USER, metadata)),
        "connect=169.254.169.254:80 is in 169.254.0.0/16",
        "--forbid-connect");
    assertThat(rights.refusalToConnect(ROOT, metadata)).isEmpty();
    InetSocketAddress other = address("192.0.2.1", 80);
    assertThat(rights.refusalToConnect(USER, other)).isEmpty();
  }

  @Test
  void theUnspecifiedAddressIsLoopbackByAnotherName() throws Exception {
    Rights rights =
        new Rights(MOUNTER, true, Subnet.parseAll("127.0.0.0/8,::1"), false, Tasks.BY_USER);
    for (String host : new String[] {"0.0.0.0", "::", "::ffff:127.0.0.1", "127.1.2.3"}) {
      InetSocketAddress address = address(host, 22);
      assertRefused(
          () -> throwAny(rights.refusalToConnect(USER, address)), "nothing is connected to");
    }
  }

  @Test
  void usersOfAnotherNetworkNamespaceHaveNoRelays() throws Exception {
    Tasks elsewhere =
        new Tasks() {
          @Override
          public boolean isAdmin(Caller caller) {
            return false;
          }

          @Override
          public boolean sharesNetwork(Caller caller) {
            return false;
          }
        };
    Rights rights = rights(true, false, elsewhere);
    InetSocketAddress address = address("127.0.0.1", 8080);
    assertRefused(() -> rights.requireListen(USER, address), "network namespace", "thread 30");
    assertThatCode(() -> rights.requireListen(ROOT, address)).doesNotThrowAnyException();
  }

  @Test
  void whoeverNamesAReleaseAgentThatIsRunHasItsRightsAlready() {
    Rights runs = rights(true, true, Tasks.BY_USER);
    assertRefused(
        () -> runs.requireReleaseAgent(USER, true),
        "run as uid 1000",
        "not uid 65534",
        "--release-agent record");
    assertThatCode(() -> runs.requireReleaseAgent(MOUNTER, true)).doesNotThrowAnyException();
    assertThatCode(() -> runs.requireReleaseAgent(ROOT, true)).doesNotThrowAnyException();
    Rights records = rights(false, false, Tasks.BY_USER);
    assertThatCode(() -> records.requireReleaseAgent(USER, true)).doesNotThrowAnyException();
  }

  @Test
  void whereTheKernelAsksForACapabilityTheMounterNeedsNone() {
    Rights rights = rights(false, false, Tasks.BY_USER);
    assertRefused(() -> rights.requireReleaseAgent(USER, false), "CAP_SYS_ADMIN", "uid 65534");
    assertRefused(() -> rights.requireReleaseAgent(ROOT, false), "CAP_SYS_ADMIN");
    assertThatCode(() -> rights.requireReleaseAgent(MOUNTER, false)).doesNotThrowAnyException();
    assertRefused(() -> rights.requireAdmin(USER), "CAP_SYS_ADMIN", "uid 65534");
    assertThatCode(() -> rights.requireAdmin(ROOT)).doesNotThrowAnyException();
    assertThatCode(() -> rights.requireAdmin(MOUNTER)).doesNotThrowAnyException();
  }
}
