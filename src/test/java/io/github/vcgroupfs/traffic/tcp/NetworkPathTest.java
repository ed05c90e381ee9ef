package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets take time on loopback: that of the program which sends them. */
class NetworkPathTest {
  private static final long PACKET_NS = 9_000;

  private final EventQueue events = new EventQueue(0);
  private final NetworkPath path = new NetworkPath(events, 0);
  private final List<Long> arrivals = new ArrayList<>();

  @Test
  void theClockGoesOnWithEachPacketOfAnEvent() {
    events.after(1_000, this::sendTwo);

    events.runDue(1_000, 10);

    assertThat(arrivals).containsExactly(1_000 + PACKET_NS, 1_000 + 2 * PACKET_NS);
  }

  @Test
  void packetsOfAnotherEventAtTheSameTimeTakeNoneOfIt() {
    events.after(1_000, this::sendTwo);
    events.after(1_000, this::send);

    events.runDue(1_000, 10);

    assertThat(arrivals).last().isEqualTo(1_000 + PACKET_NS);
  }

  private void sendTwo() {
    send();
    send();
  }

  private void send() {
    path.transmit(() -> arrivals.add(path.clockNs()), 0);
  }
}
