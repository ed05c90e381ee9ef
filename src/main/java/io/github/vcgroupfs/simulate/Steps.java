package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.Setting;
import io.github.vcgroupfs.traffic.Flows;
import io.github.vcgroupfs.traffic.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries out the steps of a scenario, and keeps what was refused. Not thread-safe. */
final class Steps {
  private final MemoryController memory;
  private final Network network;
  private final Sampler sampler;
  private final Map<String, MemCgroup> groups = new LinkedHashMap<>();
  private final Map<String, Flows> flows = new LinkedHashMap<>();
  private final List<Map<String, Object>> refused = new ArrayList<>();

  /**
   * Nothing is done yet.
   *
   * @param sampler is told what happened
   */
  Steps(MemoryController memory, Network network, Sampler sampler) {
    this.memory = memory;
    this.network = network;
    this.sampler = sampler;
  }

  /** Steps can name that group from now on. */
  void add(String path, MemCgroup group) {
    groups.put(path, group);
  }

  /** The groups by their names, in the order in which they were added. */
  Map<String, MemCgroup> groups() {
    return Collections.unmodifiableMap(groups);
  }

  /** A group of the scenario, which names no other. */
  MemCgroup group(String path) {
    return Objects.requireNonNull(groups.get(path), path);
  }

  /** Sets the steps to happen at their times. */
  void schedule(List<FreeScenario.Step> steps) {
    for (FreeScenario.Step step : steps) {
      network.events().after(step.atNs(), () -> carryOut(step));
    }
  }

  /** Looks how many connections the steps ask for. */
  static void requireFewConnections(List<FreeScenario.Step> steps, int most)
      throws ScenarioException {
    long connections = 0;
    for (FreeScenario.Step step : steps) {
      if (step.text() != null) {
        connections += connections(step.text());
      }
    }
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

  /** The flows of a group, or null: there never were any. */
  @Nullable Flows flows(String path) {
    return flows.get(path);
  }

  /** What the kernel would have refused, in the order in which it was tried. */
  List<Map<String, Object>> refused() {
    return Collections.unmodifiableList(refused);
  }

  /** Ends all connections of flows. */
  void close() {
    flows.values().forEach(Flows::close);
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
}
