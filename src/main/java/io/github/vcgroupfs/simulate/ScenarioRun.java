package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.kernel.BufferSizes;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.traffic.Network;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.PageFrag;
import io.github.vcgroupfs.traffic.tcp.TcpLink;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One scenario on virtual time: a single process owns all connections and polls them, like the
 * program that measured the recorded scenarios on real kernels. Not thread-safe; used once.
 */
final class ScenarioRun {
  private static final long MS = 1_000_000;

  /**
   * How long the process takes for a system call that moves something, for one that does not, and
   * for a byte that is sent or read. Measured on a 6.18 kernel: a send of 500 bytes takes 2.1 µs,
   * one of 1,148 in the middle of a stream 2.1 to 2.3, one of 16 KiB 4 to 6; EAGAIN comes after
   * 1.5; a read of 64 KiB takes 38 µs.
   */
  private static final long CALL_NS = 2_300;

  private static final long REFUSED_NS = 1_500;

  private static final double SEND_BYTE_NS = 0.3;

  private static final double READ_BYTE_NS = 0.4;

  /**
   * How many times slower the emulated machine is in which kernels of Debian 10 to 12 were asked.
   */
  private static final double EMULATED = 16;

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
  private final double slowdown;

  /** Why not all connections could be opened; or they could. */
  private @Nullable ErrnoException refused;

  private long sentBytes;
  private long receivedBytes;

  ScenarioRun(Scenario scenario, KernelProfile profile, long seed, Sampler sampler, Budget budget)
      throws ErrnoException {
    this.scenario = scenario;
    this.sampler = sampler;
    this.budget = budget;
    this.profile = profile.id();
    this.slowdown = slowdown(scenario, profile.tcp());
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
    open(network);
  }

  private static TcpConstants constants(Scenario scenario, TcpConstants usual) {
    BufferSizes rmem = scenario.rmem();
    BufferSizes wmem = scenario.wmem();
    return usual
        .withBuffers(rmem == null ? usual.rmem() : rmem, wmem == null ? usual.wmem() : wmem)
        .withMtu(scenario.mtuBytes());
  }

  /** Connections that can be opened; the program stops at the first that cannot. */
  private void open(Network network) {
    while (links.size() < scenario.connections()) {
      TcpLink link = network.connect(group, group, 0);
      if (link == null) {
        refused = Network.noMemoryForSyn(group, links.size() + 1, scenario.connections());
        return;
      }
      links.add(link);
    }
  }

  private static double slowdown(Scenario scenario, TcpConstants kernel) {
    if (scenario.slowdown() > 0) {
      return scenario.slowdown();
    }
    return kernel.has(TcpFeature.ASKED_IN_EMULATION) ? EMULATED : 1;
  }

  /** The virtual time; may be asked by any thread. */
  long nowNs() {
    return events.nowNs();
  }

  /** Why not all connections could be opened, as in the answer of a free-form scenario. */
  private List<Map<String, Object>> refused() {
    ErrnoException why = refused;
    if (why == null) {
      return List.of();
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("what", "connect");
    line.put("errno", why.errno().name());
    line.put("why", why.getMessage());
    return List.of(line);
  }

  /** Runs it; the answer's fields. */
  Map<String, Object> answer() throws ScenarioException {
    Map<String, Object> fields = run().fields();
    List<Map<String, Object>> all = new ArrayList<>(refused());
    all.addAll(steps.refused());
    if (!scenario.steps().isEmpty() || !all.isEmpty()) {
      fields.put("refused", all);
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
      passCall(taken, SEND_BYTE_NS);
      if (taken > 0) {
        observe();
      }
    }
    return progress;
  }

  /** A system call that moved so many bytes. */
  private void passCall(int bytes, double byteNs) {
    pass((long) (slowdown * (bytes > 0 ? CALL_NS + bytes * byteNs : REFUSED_NS)));
  }

  private int read(TcpLink link, int bytes) {
    int taken = link.receiver().read(bytes);
    passCall(taken, READ_BYTE_NS);
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
