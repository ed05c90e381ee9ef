package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.kernel.BufferSizes;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.traffic.Network;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.PageFrag;
import io.github.vcgroupfs.traffic.tcp.TcpLink;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One scenario on virtual time: a single process owns all connections and polls them, like the
 * program that measured the recorded scenarios on real kernels. Not thread-safe; used once.
 */
final class ScenarioRun {
  private static final long MS = 1_000_000;

  /**
   * How long the process takes for a system call, and for a byte. Measured on a 6.18 kernel, with a
   * time stamp after every call: 64 sends of 16 KiB take 0.6 ms.
   */
  private static final long CALL_NS = 2_600;

  private static final double BYTE_NS = 0.3;

  /** {@code time.sleep(0.0005)}, with the 50 to 60 µs that a timer comes late. */
  private static final long IDLE_NS = 560_000;

  /** The drain: twenty rounds of reading, 50 ms apart, at most 1 MiB a read. */
  private static final int DRAIN_ROUNDS = 20;

  private static final long DRAIN_PAUSE_NS = 50 * MS;

  /** What all of that takes, and a little more. */
  static final double DRAIN_SECONDS = 1.05;

  private static final int DRAIN_READ_BYTES = 1 << 20;

  private final Scenario scenario;
  private final EventQueue events = new EventQueue(0);
  private final MemCgroup group;
  private final PageFrag frag = new PageFrag();
  private final List<TcpLink> links = new ArrayList<>();
  private final Sampler sampler;
  private final Budget budget;
  private final Steps steps;
  private final String profile;
  private long sentBytes;
  private long receivedBytes;

  ScenarioRun(Scenario scenario, KernelProfile profile, long seed, Sampler sampler, Budget budget)
      throws ErrnoException {
    this.scenario = scenario;
    this.sampler = sampler;
    this.budget = budget;
    this.profile = profile.id();
    KernelProfile kernel = profile.withTcp(constants(scenario, profile.tcp()));
    MemoryController memory = new MemoryController(kernel, events::nowNs, SimulatedTree.LISTENER);
    CgroupTree tree = SimulatedTree.of(memory);
    this.group = MemCgroup.of(tree.mkdir(tree.root(), Scenario.GROUP));
    if (scenario.limitBytes() >= 0) {
      memory.setLimit(group, CounterKind.TCP, profile.era().limitOfBytes(scenario.limitBytes()));
    }
    Network network = new Network(tree, events, seed);
    this.steps = new Steps(memory, network, sampler);
    steps.add(Scenario.GROUP, group);
    for (int i = 0; i < scenario.connections(); i++) {
      links.add(network.connect(group, group, 0));
    }
  }

  private static TcpConstants constants(Scenario scenario, TcpConstants usual) {
    BufferSizes rmem = scenario.rmem();
    BufferSizes wmem = scenario.wmem();
    return usual.withBuffers(
        rmem == null ? usual.rmem() : rmem, wmem == null ? usual.wmem() : wmem);
  }

  /** The virtual time; may be asked by any thread. */
  long nowNs() {
    return events.nowNs();
  }

  /** Runs it; the answer's fields. */
  Map<String, Object> answer() throws ScenarioException {
    Map<String, Object> fields = run().fields();
    if (!scenario.steps().isEmpty()) {
      fields.put("refused", steps.refused());
    }
    return fields;
  }

  /** Runs it. */
  Outcome run() throws ScenarioException {
    Steps.requireFewConnections(scenario.steps(), budget.limits().connections());
    tellOf();
    steps.schedule(scenario.steps());
    observe();
    long endNs = (long) (scenario.seconds() * 1e9);
    long nextReadNs = 0;
    while (events.nowNs() < endNs && budget.spend(links.size())) {
      boolean progress = sendOnEach();
      if (scenario.kind() == Scenario.Kind.STREAM && events.nowNs() >= nextReadNs) {
        nextReadNs += (long) (scenario.readEveryMs() * MS);
        for (TcpLink link : links) {
          receivedBytes += read(link, scenario.readChunkBytes());
        }
      }
      if (!progress) {
        observe();
        pass(IDLE_NS);
      }
    }
    if (events.nowNs() < endNs) {
      budget.stopAt(events.nowNs());
    } else if (scenario.kind() == Scenario.Kind.DRAIN) {
      drain();
    }
    if (sampler.isWatched()) {
      sampler.offerLast(sample());
    }
    sampler.end(events.nowNs());
    Outcome outcome = Outcome.of(group, sentBytes, receivedBytes);
    links.forEach(TcpLink::close);
    steps.close();
    return outcome;
  }

  private boolean sendOnEach() {
    boolean progress = false;
    for (TcpLink link : links) {
      int taken = link.sender().send(scenario.chunkBytes(), frag);
      sentBytes += taken;
      progress |= taken > 0;
      pass(CALL_NS + (long) (taken * BYTE_NS));
      if (taken > 0) {
        observe();
      }
    }
    return progress;
  }

  private int read(TcpLink link, int bytes) {
    int taken = link.receiver().read(bytes);
    pass(CALL_NS + (long) (taken * BYTE_NS));
    if (taken > 0) {
      observe();
    }
    return taken;
  }

  private void tellOf() {
    String kind = scenario.kind().name().toLowerCase(Locale.ROOT);
    boolean drains = scenario.kind() == Scenario.Kind.DRAIN;
    double seconds = scenario.seconds() + (drains ? DRAIN_SECONDS : 0);
    sampler.begin(new Scene(scenario.name(), kind, profile, seconds));
    if (scenario.limitBytes() >= 0) {
      happened(Action.LIMIT, Long.toString(scenario.limitBytes()));
    }
    String reads =
        scenario.kind() == Scenario.Kind.STREAM
            ? "read=%d every %sms"
                .formatted(
                    scenario.readChunkBytes(),
                    BigDecimal.valueOf(scenario.readEveryMs()).stripTrailingZeros().toPlainString())
            : "read=0";
    happened(
        Action.FLOWS,
        "add %s connections=%d chunk=%d send=max %s"
            .formatted(kind, scenario.connections(), scenario.chunkBytes(), reads));
  }

  private void happened(Action what, String value) {
    sampler.happened(
        new Happening(events.nowNs() / 1e6, group.path().substring(1), what, value, null));
  }

  private void drain() {
    happened(Action.FLOWS, "set drain read=max");
    for (int round = 0; round < DRAIN_ROUNDS; round++) {
      for (TcpLink link : links) {
        int taken = read(link, DRAIN_READ_BYTES);
        while (taken > 0) {
          receivedBytes += taken;
          taken = read(link, DRAIN_READ_BYTES);
        }
      }
      pass(DRAIN_PAUSE_NS);
      observe();
    }
  }

  private void pass(long ns) {
    long untilNs = events.nowNs() + ns;
    while (!events.runDue(untilNs, Budget.SLICE)) {
      budget.spendOn(events); // a call is not left in the middle
    }
    budget.spendOn(events);
  }

  private void observe() {
    if (sampler.isWatched()) {
      sampler.offer(sample());
    }
  }

  private Sample sample() {
    long window = links.stream().mapToLong(link -> link.receiver().windowBytes()).sum();
    return Sample.of(
        scenario.name(),
        events.nowNs(),
        group,
        new Sample.Traffic(sentBytes, receivedBytes, window));
  }
}
