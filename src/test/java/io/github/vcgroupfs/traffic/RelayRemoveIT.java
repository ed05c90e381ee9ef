package io.github.vcgroupfs.traffic;

import static io.github.vcgroupfs.traffic.RelaysInMemory.assertReset;
import static io.github.vcgroupfs.traffic.RelaysInMemory.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code remove NAME --connections}: what has been accepted ends, too, and at once. */
@Timeout(60)
class RelayRemoveIT {
  private RelaysInMemory world;

  @BeforeEach
  void setUp() throws Exception {
    world = new RelaysInMemory();
    world.limit(256 << 10);
  }

  @AfterEach
  void tearDown() throws Exception {
    world.close();
  }

  private void write(String line) throws ErrnoException {
    world.write(line);
  }

  private void add(String name, String host) throws ErrnoException {
    world.add(name, host, "");
  }

  private Socket connect(String name) throws Exception {
    return world.connect(name);
  }

  private Socket accept() throws Exception {
    return world.accept();
  }

  /** Client and server of a connection whose queue is as full as may be. */
  private List<Socket> full(String name) throws Exception {
    Socket client = connect(name);
    Socket served = accept();
    Thread sender =
        new Thread(
            () -> {
              try {
                served.getOutputStream().write(new byte[64 << 20]);
              } catch (IOException reset) {
                // as it should
              }
            });
    sender.setDaemon(true);
    sender.start();
    await(() -> world.usageBytes() > 0);
    return List.of(client, served);
  }

  @Test
  void bothPeersSeeAResetAndAllIsBackWhenTheWriteReturns() throws Exception {
    add("r", "127.0.0.1");
    List<Socket> pair = full("r");
    Socket idle = connect("r");
    Socket idlesServer = accept();
    write("remove r --connections");
    world.assertNothingLeft();
    assertReset(pair.get(0));
    assertReset(idle);
    assertReset(idlesServer);
    assertThat(world.relays.read(world.web.cgroup(), Caller.SELF)).isEmpty();
  }

  @Test
  void whatAnEarlierRemoveHasLeftEndsByTheSameName() throws Exception {
    add("r", "127.0.0.1");
    add("other", "127.0.0.1");
    Socket client = connect("r");
    accept();
    Socket others = connect("other");
    Socket othersServer = accept();
    write("remove r");
    add("r", "127.0.0.1"); // another one of that name
    Socket later = connect("r");
    accept();
    write("remove r --connections");
    assertReset(client);
    assertReset(later);
    othersServer.getOutputStream().write(1);
    assertThat(others.getInputStream().read()).isOne();
    write("remove other");
    write("remove other --connections");
    assertReset(others);
    world.assertNothingLeft();
    assertThatThrownBy(() -> write("remove other --connections"))
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.ENOENT));
  }

  @Test
  void aConnectionWhoseTargetIsNotKnownYetEndsToo() throws Exception {
    world.hosts.silence("slow.example");
    world.hosts.put("slow.example", InetAddress.getLoopbackAddress());
    add("r", "slow.example");
    Socket client = connect("r");
    await(() -> world.connections() == 1);
    write("remove r --connections");
    assertReset(client);
    world.hosts.speak("slow.example");
    await(() -> world.connections() == 0);
    world.assertNothingLeft();
  }

  @Test
  void allOrNothingAsForEveryLine() throws Exception {
    add("r", "127.0.0.1");
    Socket client = connect("r");
    Socket served = accept();
    assertThatThrownBy(() -> write("remove r --connections\nremove nobody"))
        .isInstanceOf(ErrnoException.class);
    served.getOutputStream().write(1);
    assertThat(client.getInputStream().read()).isOne();
    assertThatThrownBy(() -> write("remove r --connection"))
        .hasMessageContaining("remove takes a name and at most --connections, not \"--connection\"")
        .hasMessageContaining("write remove r");
    assertThatThrownBy(() -> write("remove r --connections --connections"))
        .isInstanceOf(ErrnoException.class);
    assertThatThrownBy(() -> write("add s listen=:0 connect=:1 --connections"))
        .isInstanceOf(ErrnoException.class);
  }

  @Test
  void whoIsAboutToConnectMeanwhileEndsToo() throws Exception {
    for (int round = 0; round < 20; round++) {
      add("r", "127.0.0.1");
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(connect("r"));
      }
      write("remove r --connections");
      for (Socket each : clients) {
        assertReset(each);
      }
    }
    await(() -> world.connections() == 0);
    world.assertNothingLeft();
  }
}
