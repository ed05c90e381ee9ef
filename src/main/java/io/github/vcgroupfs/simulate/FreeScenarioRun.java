package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.Setting;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.traffic.Flows;
import io.github.vcgroupfs.traffic.Network;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A free-form scenario on virtual time. Not thread-safe; used once. */
final class FreeScenarioRun {
  private final FreeScenario scenario;
  private final EventQueue events = new EventQueue(0);
  private final MemoryController memory;
  private final CgroupTree tree;
  private final Network network;
  private final Map<String, MemCgroup> groups = new LinkedHashMap<>();
  private final Map<String, Flows> flows = new LinkedHashMap<>();
  private final List<Map<String, Object>> refused = new ArrayList<>();
  private final Sampler sampler;
  private final Budget budget;

  private final String profile;

  FreeScenarioRun(
      FreeScenario scenario, KernelProfile profile, long seed, Sampler sampler, Budget budget) {
    this.scenario = scenario;
    this.sampler = sampler;
    this.profile = profile.id();
    this.budget = budget;
    this.memory = new MemoryController(profile.relaxed(), events::nowNs, SimulatedTree.LISTENER);
    this.tree = SimulatedTree.of(memory);
    this.network = new Network(tree, events, seed);
  }

  /** The virtual time; may be asked by any thread. */
  long nowNs() {
    return events.nowNs();
  }

  /** Runs it; the answer's fields. */
  Map<String, Object> run() throws ScenarioException {
    long endNs = (long) (scenario.seconds() * 1e9);
    for (FreeScenario.Step step : scenario.steps()) {
      events.after(step.atNs(), () -> carryOut(step));
    }
    requireFewConnections();
    makeGroups();
    sampler.begin(new Scene(scenario.name(), FreeScenario.KIND, profile, scenario.seconds()));
    long lookNs = sampler.intervalNs(scenario.seconds());
    while (events.nowNs() < endNs && budget.isLeft()) {
      passUntil(sampler.isWatched() ? Math.min(endNs, events.nowNs() + lookNs) : endNs);
      sample();
    }
    if (events.nowNs() < endNs) {
      budget.stopAt(events.nowNs());
    }
    sampler.end(events.nowNs());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("machine", machine());
    Map<String, Object> outcomes = new LinkedHashMap<>();
    groups.forEach((path, group) -> outcomes.put(path, outcome(path, group)));
    answer.put("outcome", outcomes);
    answer.put("refused", refused);
    flows.values().forEach(Flows::close);
    return answer;
  }

  private void passUntil(long untilNs) {
    boolean more = budget.spendOn(events);
    while (more && !events.runDue(untilNs, Budget.SLICE)) {
      more = budget.spendOn(events);
    }
  }

  private void requireFewConnections() throws ScenarioException {
    long connections = 0;
    for (FreeScenario.Step step : scenario.steps()) {
      if (step.text() != null) {
        connections += connections(step.text());
      }
    }
    int most = budget.limits().connections();
    if (connections > most) {
      throw new ScenarioException(
          "\"flows\": ask for %d connections in all; write at most %d"
              .formatted(connections, most));
    }
  }

  private static long connections(String flows) {
    try {
      return Flows.connections(flows);
    } catch (ErrnoException refusedInItsTurn) {
      return 0; // all of them or none: the answer says why
    }
  }

  /** Groups come before anything else; the first steps may make their parents hierarchical. */
  private void makeGroups() throws ScenarioException {
    for (String path : scenario.groups()) {
      int slash = path.lastIndexOf('/');
      Cgroup parent = slash < 0 ? tree.root() : group(path.substring(0, slash)).cgroup();
      try {
        MemCgroup made = MemCgroup.of(tree.mkdir(parent, path.substring(slash + 1)));
        groups.put(path, made);
        if (hierarchicalFromStart(path) && Setting.USE_HIERARCHY.of(made) == 0) {
          memory.set(made, Setting.USE_HIERARCHY, 1);
        }
      } catch (ErrnoException refusal) {
        throw new ScenarioException(
            "group \"%s\": %s; take another name".formatted(path, refusal.getMessage()));
      }
    }
  }

  /** Whether the scenario makes the group hierarchical at 0, before it has children. */
  private boolean hierarchicalFromStart(String path) {
    return scenario.steps().stream()
        .anyMatch(
            step ->
                step.atNs() == 0
                    && step.group().equals(path)
                    && step.action() == Action.USE_HIERARCHY
                    && step.number() == 1);
  }

  private void carryOut(FreeScenario.Step step) {
    try {
      apply(step, group(step.group()));
      tell(step, null);
    } catch (ErrnoException refusal) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("at_ms", step.atNs() / 1e6);
      line.put("group", step.group());
      line.put("what", step.action().key());
      line.put("errno", refusal.errno().name());
      line.put("why", refusal.getMessage());
      refused.add(line);
      tell(step, refusal.errno());
    }
  }

  private void tell(FreeScenario.Step step, @Nullable Errno refusal) {
    sampler.happened(
        new Happening(step.atNs() / 1e6, step.group(), step.action(), step.value(), refusal));
  }

  /** A group of the scenario, which names no other. */
  private MemCgroup group(String path) {
    return Objects.requireNonNull(groups.get(path), path);
  }

  private void apply(FreeScenario.Step step, MemCgroup group) throws ErrnoException {
    switch (step.action()) {
      case LIMIT -> setLimit(group, CounterKind.TCP, step.number());
      case KMEM_LIMIT -> setLimit(group, CounterKind.KMEM, step.number());
      case MEMORY_LIMIT -> setLimit(group, CounterKind.MEMORY, step.number());
      case INDEPENDENT_KMEM_LIMIT ->
          memory.set(group, Setting.INDEPENDENT_KMEM_LIMIT, step.number());
      case USE_HIERARCHY -> {
        if (Setting.USE_HIERARCHY.of(group) != step.number()) {
          memory.set(group, Setting.USE_HIERARCHY, step.number());
        }
      }
      case TCP_MEM -> {
        List<Long> pages = step.pages();
        memory.machine().setMemPages(new TcpMemLimits(pages.get(0), pages.get(1), pages.get(2)));
      }
      case FLOWS ->
          flows
              .computeIfAbsent(step.group(), path -> network.flows(group))
              .write(String.valueOf(step.text()));
    }
  }

  private void setLimit(MemCgroup group, CounterKind kind, long bytes) throws ErrnoException {
    CounterEra era = memory.profile().era();
    memory.setLimit(group, kind, bytes < 0 ? era.unlimited() : era.limitOfBytes(bytes));
  }

  private void sample() {
    if (sampler.isWatched()) {
      groups.forEach(
          (path, group) ->
              sampler.offer(Sample.of(scenario.name(), events.nowNs(), group, traffic(path))));
    }
  }

  private Sample.Traffic traffic(String path) {
    Flows known = flows.get(path);
    return known == null
        ? new Sample.Traffic(0, 0, 0)
        : new Sample.Traffic(known.sentBytes(), known.receivedBytes(), known.windowBytes());
  }

  private Map<String, Object> outcome(String path, MemCgroup group) {
    Sample.Traffic traffic = traffic(path);
    Map<String, Object> fields = Outcome.of(group, traffic.sent(), traffic.received()).fields();
    fields.put("pressure", group.tcp().underPressure() ? 1 : 0);
    fields.put("pressure_ms", group.tcp().pressure().totalMs());
    return fields;
  }

  private Map<String, Object> machine() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sockets", memory.machine().socketsAllocated());
    fields.put("orphans", memory.machine().orphans());
    fields.put("time_wait", memory.machine().timeWaits());
    fields.put("memory_pages", memory.machine().memoryAllocated());
    fields.put("pressure_entered", memory.machine().stats().get(TcpCounter.PRESSURE_ENTERED));
    fields.put("pressure_ms", memory.machine().pressure().totalMs());
    return fields;
  }
}
