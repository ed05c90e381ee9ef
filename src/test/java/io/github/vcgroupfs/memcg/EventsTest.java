package io.github.vcgroupfs.memcg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.cgroup.Events;
import io.github.vcgroupfs.cgroup.FakeNotifier;
import io.github.vcgroupfs.cgroup.FakeNotifier.Event;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.counter.Threads;
import io.github.vcgroupfs.memcg.tcp.TcpMemory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fires when, and for whom. Usage is injected, in bytes: the profile counts in bytes. */
class EventsTest {
  private static final long MIB = 1 << 20;

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private final MemoryTree tree =
      trees.watch(
          new MemoryTree(
              withPressure(Profiles.LWN_2011.relaxed()),
              Membership.NOBODY,
              new FakeNotifier(),
              () -> 0,
              ModelListener.SILENT));

  /** A profile that has what later kernels have. */
  private static KernelProfile withPressure(KernelProfile profile) {
    EnumSet<KernelFeature> features = EnumSet.copyOf(profile.features());
    features.add(KernelFeature.PRESSURE_LEVEL);
    features.add(KernelFeature.PRESSURE_MODES);
    return new KernelProfile(
        profile.id(),
        profile.label(),
        features,
        profile.extensions(),
        profile.limits(),
        profile.integers(),
        profile.files(),
        profile.memory(),
        profile.tcp());
  }

  private MemCgroup group(MemCgroup parent, String name) throws ErrnoException {
    return tree.mkdir(parent, name);
  }

  /** A group whose children are accounted for by it. */
  private MemCgroup top(String name) throws ErrnoException {
    MemCgroup group = group(tree.root(), name);
    tree.set(group, Setting.USE_HIERARCHY, 1);
    return group;
  }

  private Event register(MemCgroup group, MemoryEvent source, String args) throws ErrnoException {
    Event event = new Event();
    tree.events().register(group.cgroup(), source, args, event);
    return event;
  }

  private Event threshold(MemCgroup group, String args) throws ErrnoException {
    return register(group, MemoryEvent.USAGE, args);
  }

  private void setUsage(MemCgroup group, long bytes) throws ErrnoException {
    tree.setUsage(group, CounterKind.MEMORY, bytes);
  }

  private static Errno errno(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    ErrnoException refusal = catchThrowableOfType(ErrnoException.class, call);
    assertThat(refusal).isNotNull();
    return refusal.errno();
  }

  private void failInjection(MemCgroup group, long bytes) {
    assertThat(errno(() -> setUsage(group, bytes))).isEqualTo(Errno.ENOMEM);
  }

  @Test
  void aThresholdIsToldInBothDirections() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    Event event = threshold(group, "1M");
    setUsage(group, MIB / 2);
    assertThat(event.read()).as("below").isZero();
    setUsage(group, 2 * MIB);
    assertThat(event.read()).as("up").isEqualTo(1);
    setUsage(group, 3 * MIB);
    assertThat(event.read()).as("still above").isZero();
    setUsage(group, 0);
    assertThat(event.read()).as("down").isEqualTo(1);
  }

  @Test
  void equalUsageCountsAsReached() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    setUsage(group, MIB);
    Event event = threshold(group, "1M");
    assertThat(event.read()).as("at registration").isZero();
    setUsage(group, MIB + 4096);
    assertThat(event.read()).as("was reached before").isZero();
    setUsage(group, MIB - 4096);
    assertThat(event.read()).isEqualTo(1);
    setUsage(group, MIB);
    assertThat(event.read()).isEqualTo(1);
  }

  @Test
  void eachOfSeveralThresholdsIsToldOnce() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    List<Event> events = new ArrayList<>();
    for (String args : List.of("3M", "1M", "2M", "2M", "", "-1")) {
      events.add(threshold(group, args));
    }
    setUsage(group, 2 * MIB);
    assertThat(events.stream().map(Event::read)).containsExactly(0L, 1L, 1L, 1L, 0L, 0L);
    Event late = threshold(group, "1536K");
    setUsage(group, 3 * MIB);
    assertThat(events.stream().map(Event::read)).containsExactly(1L, 0L, 0L, 0L, 0L, 0L);
    setUsage(group, 4096);
    assertThat(events.stream().map(Event::read)).containsExactly(1L, 1L, 1L, 1L, 0L, 0L);
    assertThat(late.read()).isEqualTo(1);
  }

  @Test
  void oneEventFdMayBeRegisteredTwice() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    Event event = threshold(group, "1M");
    tree.events().register(group.cgroup(), MemoryEvent.USAGE, "2M", event);
    setUsage(group, 3 * MIB);
    assertThat(event.read()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-2", " 1M", "1M 2", "08"})
  void badThresholdsAreRefusedAndLeaveNothing(String args) throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    assertThat(errno(() -> threshold(group, args))).isEqualTo(Errno.EINVAL);
    assertThat(tree.events().size()).isZero();
  }

  @Test
  void aParentIsToldOfWhatItAccountsFor() throws ErrnoException {
    MemCgroup parent = top("a");
    MemCgroup child = group(parent, "b");
    Event above = threshold(parent, "1M");
    Event root = threshold(tree.root(), "1M");
    setUsage(child, MIB);
    assertThat(above.read()).isEqualTo(1);
    assertThat(root.read()).as("the root shows the whole tree").isEqualTo(1);
    tree.rmdir(child);
    assertThat(above.read()).as("what a child leaves is its parent's").isZero();
    setUsage(parent, 0);
    assertThat(above.read()).isEqualTo(1);
    assertThat(root.read()).isEqualTo(1);
  }

  @Test
  void kernelMemoryCountsWhileTheFlagSaysSo() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    Event event = threshold(group, "8K");
    Event root = threshold(tree.root(), "8K");
    group.tcp().charge(2);
    tree.machine().addPages(2);
    tree.machine().pagesChanged();
    assertThat(event.read()).as("socket memory, flag 0").isEqualTo(1);
    assertThat(root.read()).isEqualTo(1);
    tree.set(group, Setting.INDEPENDENT_KMEM_LIMIT, 1);
    assertThat(event.read()).as("no part of it any more").isEqualTo(1);
    group.tcp().uncharge(2);
    assertThat(event.read()).isZero();
  }

  @Test
  void whatALimitRefusesIsNotTold() throws ErrnoException {
    MemCgroup parent = top("a");
    MemCgroup child = group(parent, "b");
    tree.setLimit(parent, CounterKind.MEMORY, MIB);
    Event event = threshold(child, "1M");
    failInjection(child, 2 * MIB);
    assertThat(event.read()).isZero();
  }

  @Test
  void forceEmptyIsTold() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    setUsage(group, MIB);
    Event event = threshold(group, "1M");
    tree.forceEmpty(group);
    assertThat(event.read()).isEqualTo(1);
  }

  @Test
  void rmdirTellsEachRegistrationOnceAndLetsGo() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    setUsage(group, 2 * MIB);
    tree.setUsage(group, CounterKind.KMEM, MIB);
    List<Event> events = new ArrayList<>();
    events.add(threshold(group, "1M"));
    events.add(threshold(group, "10M"));
    events.add(register(group, MemoryEvent.OOM, "whatever"));
    events.add(register(group, MemoryEvent.PRESSURE, "low"));
    tree.rmdir(group);
    assertThat(events.stream().map(Event::read)).containsOnly(1L);
    assertThat(events).allMatch(Event::isClosed);
    assertThat(tree.events().size()).isZero();
    assertThat(errno(() -> threshold(group, "1M"))).isEqualTo(Errno.ENODEV);
    assertThat(tree.events().size()).isZero();
  }

  @Test
  void outOfMemoryIsToldToTheRefusingGroupAndAllItAccountsFor() throws ErrnoException {
    MemCgroup parent = top("a");
    Event atParent = register(parent, MemoryEvent.OOM, "");
    Event atChild = register(group(parent, "b"), MemoryEvent.OOM, "");
    MemCgroup child = group(parent, "c");
    Event atRoot = register(tree.root(), MemoryEvent.OOM, "");
    Event elsewhere = register(group(tree.root(), "d"), MemoryEvent.OOM, "");
    tree.setLimit(parent, CounterKind.MEMORY, MIB);
    failInjection(child, 2 * MIB);
    assertThat(atParent.read()).isEqualTo(1);
    assertThat(atChild.read()).isEqualTo(1);
    assertThat(atRoot.read()).isZero();
    assertThat(elsewhere.read()).isZero();
    tree.setLimit(child, CounterKind.MEMORY, MIB / 2);
    failInjection(child, 2 * MIB);
    assertThat(atParent.read()).as("the child's own limit").isZero();
  }

  @Test
  void childrenThatAreNotAccountedForHearNothing() throws ErrnoException {
    MemCgroup parent = group(tree.root(), "a");
    Event atChild = register(group(parent, "b"), MemoryEvent.OOM, "");
    tree.setLimit(parent, CounterKind.MEMORY, MIB);
    failInjection(parent, 2 * MIB);
    assertThat(atChild.read()).isZero();
  }

  @Test
  void registeringUnderOomIsToldAtOnce() throws ErrnoException {
    MemCgroup parent = top("a");
    MemCgroup child = group(parent, "b");
    tree.setLimit(parent, CounterKind.MEMORY, MIB);
    failInjection(child, 2 * MIB);
    assertThat(register(child, MemoryEvent.OOM, "").read()).as("the killer helps").isZero();
    MemCgroup alone = group(tree.root(), "c");
    tree.set(alone, Setting.OOM_KILL_DISABLE, 1);
    tree.setLimit(alone, CounterKind.MEMORY, MIB);
    failInjection(alone, 2 * MIB);
    assertThat(alone.isUnderOom()).isTrue();
    assertThat(register(alone, MemoryEvent.OOM, "").read()).isEqualTo(1);
    tree.setLimit(alone, CounterKind.MEMORY, 2 * MIB);
    assertThat(alone.isUnderOom()).as("now it would fit").isFalse();
    assertThat(register(alone, MemoryEvent.OOM, "").read()).isZero();
    setUsage(alone, 2 * MIB);
    tree.setLimit(alone, CounterKind.MEMORY, 2 * MIB);
    assertThat(alone.isUnderOom()).as("it was had").isFalse();
  }

  @Test
  void aListenerHearsItsLevelAndThoseAbove() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    Event low = register(group, MemoryEvent.PRESSURE, "low");
    Event medium = register(group, MemoryEvent.PRESSURE, "medium");
    Event critical = register(group, MemoryEvent.PRESSURE, "critical");
    tree.setLimit(group, CounterKind.TCP, 4096);
    TcpMemory tcp = group.tcp();

    PageCounter refused = tcp.tryCharge(2);
    tcp.enterMemoryPressure(refused);
    tcp.enterMemoryPressure(refused);
    assertThat(List.of(low.read(), medium.read(), critical.read()))
        .as("a spell begins")
        .containsExactly(1L, 0L, 0L);

    tcp.tryCharge(511);
    assertThat(medium.read()).isZero();
    tcp.tryCharge(1 + 4);
    tcp.tryCharge(508);
    assertThat(List.of(low.read(), medium.read(), critical.read()))
        .as("512 pages were refused meanwhile")
        .containsExactly(1L, 1L, 0L);

    tcp.leaveMemoryPressure();
    tcp.tryCharge(1000);
    assertThat(low.read()).as("no spell").isZero();

    tree.setLimit(group, CounterKind.MEMORY, MIB);
    failInjection(group, 2 * MIB);
    assertThat(List.of(low.read(), medium.read(), critical.read()))
        .as("out of memory")
        .containsExactly(1L, 1L, 1L);
  }

  @Test
  void aKernelLimitThatRefusesIsPressureAndNotOom() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    tree.set(group, Setting.INDEPENDENT_KMEM_LIMIT, 1);
    tree.setLimit(group, CounterKind.KMEM, MIB);
    Event low = register(group, MemoryEvent.PRESSURE, "low");
    Event medium = register(group, MemoryEvent.PRESSURE, "medium");
    Event oom = register(group, MemoryEvent.OOM, "");
    assertThat(errno(() -> tree.setUsage(group, CounterKind.KMEM, 2 * MIB)))
        .isEqualTo(Errno.ENOMEM);
    assertThat(List.of(low.read(), medium.read(), oom.read())).containsExactly(1L, 0L, 0L);
  }

  @Test
  void pressureGoesUpByTheListenersModes() throws ErrnoException {
    MemCgroup parent = top("a");
    MemCgroup child = group(parent, "b");
    tree.setLimit(child, CounterKind.MEMORY, MIB);
    Event byDefault = register(parent, MemoryEvent.PRESSURE, "low");
    Event explicit = register(parent, MemoryEvent.PRESSURE, "low,default");
    Event all = register(parent, MemoryEvent.PRESSURE, "low,hierarchy,junk");
    Event local = register(parent, MemoryEvent.PRESSURE, "low,local");
    failInjection(child, 2 * MIB);
    assertThat(List.of(byDefault.read(), explicit.read(), all.read(), local.read()))
        .as("the child has no listener")
        .containsExactly(1L, 1L, 1L, 0L);
    Event atChild = register(child, MemoryEvent.PRESSURE, "critical,local");
    failInjection(child, 2 * MIB);
    assertThat(List.of(byDefault.read(), explicit.read(), all.read(), local.read()))
        .as("the child has one that heard it")
        .containsExactly(0L, 0L, 1L, 0L);
    assertThat(atChild.read()).isEqualTo(1);
    tree.setLimit(parent, CounterKind.MEMORY, MIB);
    tree.setLimit(child, CounterKind.MEMORY, 4 * MIB);
    failInjection(child, 2 * MIB);
    assertThat(List.of(byDefault.read(), explicit.read(), all.read(), local.read()))
        .as("the parent's own limit")
        .containsExactly(1L, 1L, 1L, 1L);
    assertThat(atChild.read()).as("not told downwards").isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LOW", " low", "low,", "low,x", "low local", "critical,hierarchyx"})
  void badLevelsAreRefused(String args) throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    assertThat(errno(() -> register(group, MemoryEvent.PRESSURE, args))).isEqualTo(Errno.EINVAL);
  }

  @Test
  void oldKernelsKnowNoModes() throws ErrnoException {
    assertThat(errno(() -> PressureListener.parse("low,local", false, new Event())))
        .isEqualTo(Errno.EINVAL);
    assertThat(PressureListener.parse("medium", false, new Event()).level())
        .isEqualTo(PressureLevel.MEDIUM);
  }

  @Test
  void registrationsOfDeadClientsAreDropped() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    Event dead = threshold(group, "1M");
    Event alive = threshold(group, "1M");
    setUsage(group, MIB);
    assertThat(dead.read()).isEqualTo(1);
    dead.exit();
    tree.events().sweep();
    assertThat(dead.isClosed()).isTrue();
    assertThat(tree.events().size()).isEqualTo(1);
    assertThat(alive.read()).isEqualTo(1);
    setUsage(group, 0);
    assertThat(dead.read()).isZero();
    assertThat(alive.read()).as("what was reached is remembered").isEqualTo(1);
  }

  @Test
  void clientsThatComeAndGoLeaveLittle() throws ErrnoException {
    MemCgroup group = group(tree.root(), "a");
    for (int i = 0; i < 10_000; i++) {
      register(group, MemoryEvent.OOM, "").exit();
    }
    assertThat(tree.events().size()).isLessThan(100);
  }

  @Test
  void registrationsAreBounded() throws ErrnoException {
    List<Event> events = new ArrayList<>();
    MemCgroup first = group(tree.root(), "a");
    for (int i = 0; i < Events.MAX_IN_GROUP; i++) {
      events.add(threshold(first, "1M"));
    }
    assertThat(errno(() -> threshold(first, "1M"))).isEqualTo(Errno.ENOMEM);
    MemCgroup second = group(tree.root(), "b");
    while (tree.events().size() < Events.MAX_IN_ALL) {
      events.add(register(second, MemoryEvent.OOM, ""));
    }
    MemCgroup third = group(tree.root(), "c");
    assertThat(errno(() -> threshold(third, "1M"))).isEqualTo(Errno.ENOMEM);
    events.get(0).exit();
    threshold(third, "1M");
    assertThat(events.get(0).isClosed()).isTrue();
  }

  @Test
  void twoThreadsMissNoCrossingThatLasts() throws ErrnoException {
    MemCgroup parent = top("a");
    MemCgroup child = group(parent, "b");
    List<Event> events = new ArrayList<>();
    for (int pages = 1; pages <= 40; pages += 3) {
      events.add(threshold(parent, Long.toString(pages * 4096L)));
    }
    for (int round = 0; round < 200; round++) {
      long seed = 42L + round;
      Threads.run(
          2,
          thread -> {
            Random random = new Random(seed * 2 + thread);
            TcpMemory tcp = thread == 0 ? parent.tcp() : child.tcp();
            int held = 0;
            for (int i = 0; i < 200; i++) {
              int wanted = random.nextInt(21);
              if (wanted > held) {
                tcp.charge(wanted - held);
              } else {
                tcp.uncharge(held - wanted);
              }
              held = wanted;
            }
            tcp.uncharge(held);
          });
      events.forEach(Event::read);
      // Had a crossing been lost, the next ones would be told too often or not at all.
      parent.tcp().charge(100);
      assertThat(events.stream().map(Event::read)).as("seed %d, up", seed).containsOnly(1L);
      parent.tcp().uncharge(100);
      assertThat(events.stream().map(Event::read)).as("seed %d, down", seed).containsOnly(1L);
    }
  }

  @Test
  void registeringRacesWithChargesAndRmdir() throws ErrnoException {
    for (int round = 0; round < 200; round++) {
      MemCgroup group = group(tree.root(), "r" + round);
      List<Event> events = new ArrayList<>();
      Threads.run(
          2,
          thread -> {
            if (thread == 0) {
              for (int i = 0; i < 20; i++) {
                group.tcp().charge(3);
                group.tcp().uncharge(3);
              }
              tree.rmdir(group);
            } else {
              for (int i = 0; i < 20; i++) {
                Event event = new Event();
                try {
                  tree.events().register(group.cgroup(), MemoryEvent.USAGE, "8192", event);
                } catch (ErrnoException removed) {
                  assertThat(removed.errno()).isEqualTo(Errno.ENODEV);
                  return;
                }
                events.add(event);
              }
            }
          });
      assertThat(events).allMatch(Event::isClosed).allMatch(event -> event.read() >= 1);
      assertThat(tree.events().size()).isZero();
    }
  }
}
