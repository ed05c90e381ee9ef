package io.github.vcgroupfs.traffic;

import static io.github.vcgroupfs.traffic.RelaysInMemory.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Pages;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that behave badly, and limits and groups that change under live connections. */
@Timeout(100)
class RelayAttackIT {
  private static final int SLOW = 30;
  private static final byte[] DATA = new byte[1 << 20];

  static {
    new Random(6).nextBytes(DATA);
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private RelaysInMemory world;

  @BeforeEach
  void setUp() throws Exception {
    world = new RelaysInMemory();
  }

  @AfterEach
  void tearDown() throws Exception {
    world.close();
    threads.shutdownNow();
  }

  /** Serves connections one after the other, until the server is closed. */
  private void serve(Service service) {
    Future<?> unused =
        threads.submit(
            () -> {
              while (!world.server.isClosed()) {
                Socket served = world.accept();
                Future<?> unusedToo = threads.submit(() -> service.serve(served));
              }
              return null;
            });
  }

  private interface Service {
    Object serve(Socket socket) throws IOException;
  }

  private static Void sendAll(Socket socket) throws IOException {
    try (socket) {
      socket.getOutputStream().write(DATA);
    }
    return null;
  }

  /** Echoes a little of what comes, and then ends somehow. */
  private static Void serveBadly(Socket socket) throws IOException {
    int first = socket.getInputStream().read();
    if (first % 3 == 0) {
      socket.setSoLinger(true, 0);
    } else if (first % 3 == 1) {
      socket.getOutputStream().write(DATA, 0, 100_000);
    }
    socket.close();
    return null;
  }

  @Test
  void thousandsOfResetsLeaveNothing() throws Exception {
    world.limit(64 << 10);
    world.add("r", "127.0.0.1", "timeout=5s");
    serve(RelayAttackIT::serveBadly);
    List<Future<?>> attackers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random chance = new Random(i);
      attackers.add(threads.submit(() -> attack(chance)));
    }
    for (Future<?> each : attackers) {
      each.get();
    }
    await(() -> world.usageBytes() == 0 && world.connections() == 0);
    await(() -> world.tree.machine().socketsAllocated() == 0);
    world.assertNothingLeft();
  }

  private Void attack(Random chance) throws IOException {
    for (int i = 0; i < 500; i++) {
      try (Socket client = world.connect("r")) {
        client.setSoTimeout(10_000);
        client.getOutputStream().write(DATA, chance.nextInt(1_000), 1 + chance.nextInt(50_000));
        if (chance.nextBoolean()) {
          client.getInputStream().read();
        }
        client.setSoLinger(chance.nextInt(3) > 0, 0);
      } catch (IOException reset) {
        assertThat(reset.getMessage()).doesNotContain("refused").doesNotContain("timed out");
      }
    }
    return null;
  }

  /** Connections of readers that have read nothing yet; the group is as full as may be. */
  private List<Socket> slowReaders() throws Exception {
    world.add("r", "127.0.0.1", "sndbuf=4K");
    serve(RelayAttackIT::sendAll);
    List<Socket> readers = new ArrayList<>();
    for (int i = 0; i < SLOW; i++) {
      readers.add(world.connectSmall("r"));
    }
    await(() -> world.connections() == SLOW && world.tree.machine().socketsAllocated() == 2 * SLOW);
    return readers;
  }

  private void allOfThemGetAll(List<Socket> readers) throws Exception {
    List<Future<byte[]>> answers = new ArrayList<>();
    for (Socket each : readers) {
      answers.add(threads.submit(() -> each.getInputStream().readAllBytes()));
    }
    for (Future<byte[]> each : answers) {
      assertThat(each.get()).isEqualTo(DATA);
    }
    for (Socket each : readers) {
      each.close();
    }
    await(() -> world.connections() == 0);
    await(() -> world.tree.machine().socketsAllocated() == 0);
  }

  @Test
  void aLimitBelowWhatIsHeldIsRefusedAndOneAboveItHoldsFromThenOn() throws Exception {
    world.limit(16 << 20);
    List<Socket> readers = slowReaders();
    await(() -> world.usageBytes() > 4 << 20);
    assertThatThrownBy(() -> world.limit(1 << 20))
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EBUSY));
    long limit = world.usageBytes() + (1 << 20);
    world.limit(limit);
    Thread.sleep(300); // longer than the last retry
    assertThat(world.usageBytes()).isLessThanOrEqualTo(limit + SLOW * Pages.SIZE_BYTES);
    allOfThemGetAll(readers);
    world.assertNothingLeft();
  }

  @Test
  void aGroupThatIsRemovedUnderFullConnectionsGetsAllBack() throws Exception {
    world.limit(256 << 10);
    List<Socket> readers = slowReaders();
    await(() -> world.usageBytes() > 200 << 10);
    world.tree.rmdir(world.web);
    allOfThemGetAll(readers);
    await(() -> world.tree.machine().memoryAllocated() == 0);
    assertThat(world.tree.tcpBranch().isOn()).isFalse();
    assertThat(world.connections()).isZero();
  }
}
