package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.Setting;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.traffic.Flows;
import io.github.vcgroupfs.traffic.Network;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import java.util.LinkedHashMap;
import java.util.Map;

/** A free-form scenario on virtual time. Not thread-safe; used once. */
final class FreeScenarioRun {
  private final FreeScenario scenario;
  private final EventQueue events = new EventQueue(0);
  private final MemoryController memory;
  private final CgroupTree tree;
  private final Steps steps;
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
    this.steps = new Steps(memory, new Network(tree, events, seed), sampler);
  }

  /** The virtual time; may be asked by any thread. */
  long nowNs() {
    return events.nowNs();
  }

  /** Runs it; the answer's fields. */
  Map<String, Object> run() throws ScenarioException {
    long endNs = (long) (scenario.seconds() * 1e9);
    steps.schedule(scenario.steps());
    Steps.requireFewConnections(scenario.steps(), budget.limits().connections());
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
    steps.groups().forEach((path, group) -> outcomes.put(path, outcome(path, group)));
    answer.put("outcome", outcomes);
    answer.put("refused", steps.refused());
    steps.close();
    return answer;
  }

  private void passUntil(long untilNs) {
    boolean more = budget.spendOn(events);
    while (more && !events.runDue(untilNs, Budget.SLICE)) {
      more = budget.spendOn(events);
    }
  }

  /** Groups come before anything else; the first steps may make their parents hierarchical. */
  private void makeGroups() throws ScenarioException {
    for (String path : scenario.groups()) {
      int slash = path.lastIndexOf('/');
      Cgroup parent = slash < 0 ? tree.root() : steps.group(path.substring(0, slash)).cgroup();
      try {
        MemCgroup made = MemCgroup.of(tree.mkdir(parent, path.substring(slash + 1)));
        steps.add(path, made);
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

  private void sample() {
    if (sampler.isWatched()) {
      steps.groups().forEach(
          (path, group) ->
              sampler.offer(Sample.of(scenario.name(), events.nowNs(), group, traffic(path))));
    }
  }

  private Sample.Traffic traffic(String path) {
    Flows known = steps.flows(path);
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
