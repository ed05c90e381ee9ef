package io.github.vcgroupfs.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuotasTest {
  private static final Caller ROOT = new Caller(0, 0, 1);
  private static final Caller OWNER = new Caller(1000, 1000, 2);
  private static final Caller USER = new Caller(2000, 2000, 3);
  private static final Caller OTHER = new Caller(3000, 3000, 4);

  private final Rights rights = Rights.byDefault(OWNER);

  private Quotas quotas(Quota quota, long ofUser, long ofMount) {
    return new Quotas(rights, new QuotaLimits(Map.of(quota, ofUser), Map.of(quota, ofMount)));
  }

  private static ErrnoException refusal(Quotas quotas, Caller caller, Quota quota, long count) {
    ErrnoException refusal =
        catchThrowableOfType(ErrnoException.class, () -> quotas.take(caller, quota, count));
    assertThat(refusal).as("taking %d %s", count, quota).isNotNull();
    assertThat(quotas.hasRoom(caller, quota, count)).isFalse();
    assertThat(quotas.tryTake(caller, quota, count)).isFalse();
    return refusal;
  }

  @ParameterizedTest
  @EnumSource(Quota.class)
  void aUserHasAsManyAsAUserMayHaveAndNoneMore(Quota quota) throws Exception {
    Quotas quotas = quotas(quota, 5, 100);
    quotas.take(USER, quota, 3);
    ErrnoException refusal = refusal(quotas, USER, quota, 3);
    assertThat(refusal.errno()).isEqualTo(Errno.ENOSPC);
    assertThat(refusal.why())
        .contains("uid 2000 has 3 ", " would get 3 more, but a user may have 5: ")
        .endsWith("--quota " + quota.word() + "=N");
    quotas.take(USER, quota, 2);
    refusal(quotas, USER, quota, 1);
    assertThat(quotas.used(USER.uid(), quota)).isEqualTo(5);
  }

  @Test
  void aUserAtTheQuotaTakesNothingFromOthers() throws Exception {
    Quotas quotas = quotas(Quota.GROUPS, 5, 100);
    quotas.take(USER, Quota.GROUPS, 5);
    refusal(quotas, USER, Quota.GROUPS, 1);
    quotas.take(OTHER, Quota.GROUPS, 5);
    assertThat(quotas.usedByAll(Quota.GROUPS)).isEqualTo(10);
  }

  @Test
  void forRootAndTheOwnerOnlyTheMountCounts() throws Exception {
    Quotas quotas = quotas(Quota.CONNECTIONS, 5, 100);
    quotas.take(ROOT, Quota.CONNECTIONS, 50);
    quotas.take(OWNER, Quota.CONNECTIONS, 40);
    quotas.take(USER, Quota.CONNECTIONS, 5);
    ErrnoException refusal = refusal(quotas, ROOT, Quota.CONNECTIONS, 6);
    assertThat(refusal.why())
        .contains("this mount has 95 simulated connections, 50 of them of uid 0", "6 more", "100")
        .endsWith("--mount-quota connections=N");
    quotas.take(ROOT, Quota.CONNECTIONS, 5);
  }

  @Test
  void removingGivesBackExactlyAndWhoHasNothingIsForgotten() throws Exception {
    Quotas quotas = quotas(Quota.EVENTS, 5, 100);
    quotas.take(USER, Quota.EVENTS, 5);
    quotas.take(OTHER, Quota.EVENTS, 1);
    assertThat(quotas.users()).isEqualTo(2);
    quotas.give(USER.uid(), Quota.EVENTS, 5);
    assertThat(quotas.used(USER.uid(), Quota.EVENTS)).isZero();
    assertThat(quotas.users()).isEqualTo(1);
    quotas.take(USER, Quota.EVENTS, 5);
    refusal(quotas, USER, Quota.EVENTS, 1);
  }

  @Test
  void aChangeForSeveralUsersIsMadeAsAWholeOrNotAtAll() throws Exception {
    Quotas quotas = quotas(Quota.FAULTS, 5, 8);
    quotas.take(USER, Quota.FAULTS, 4);
    quotas.take(OTHER, Quota.FAULTS, 4);
    // what one gives back is there for the other, though the mount is full
    quotas.change(USER, Quota.FAULTS, Map.of(USER.uid(), 1L, OTHER.uid(), -1L));
    assertThatThrownBy(
            () -> quotas.change(USER, Quota.FAULTS, Map.of(USER.uid(), 1L, OTHER.uid(), -3L)))
        .hasMessageContaining("a user may have 5");
    assertThat(quotas.used(USER.uid(), Quota.FAULTS)).isEqualTo(5);
    assertThat(quotas.used(OTHER.uid(), Quota.FAULTS)).isEqualTo(3);
    // root may give a user more than the user could take
    quotas.change(ROOT, Quota.FAULTS, Map.of(USER.uid(), 2L, OTHER.uid(), -2L));
    assertThat(quotas.used(USER.uid(), Quota.FAULTS)).isEqualTo(7);
    refusal(quotas, USER, Quota.FAULTS, 1);
  }

  @Test
  void relaysAndRegistrationsTakeDescriptorsTogether() throws Exception {
    QuotaLimits limits = QuotaLimits.DEFAULT.within(1024);
    assertThat(limits.ofMount(Quota.DESCRIPTORS)).isEqualTo(768);
    assertThat(limits.ofUser(Quota.DESCRIPTORS)).isEqualTo(192);
    Quotas quotas = new Quotas(rights, limits);
    quotas.take(USER, Quota.RELAYS, 12);
    quotas.take(USER, Quota.EVENTS, 70);
    quotas.take(USER, Quota.RELAY_CONNECTIONS, 20);
    assertThat(quotas.used(USER.uid(), Quota.DESCRIPTORS)).isEqualTo(192);
    assertThat(refusal(quotas, USER, Quota.EVENTS, 1).why())
        .contains("192 descriptors of the daemon", "ulimit -n");
    assertThat(quotas.used(USER.uid(), Quota.EVENTS)).isEqualTo(70);
    quotas.give(USER.uid(), Quota.RELAYS, 2);
    assertThat(quotas.tryTake(USER, Quota.EVENTS, 1)).isTrue();
    assertThat(quotas.used(USER.uid(), Quota.DESCRIPTORS)).isEqualTo(192);
  }

  @Test
  void aChosenNumberOfDescriptorsStaysBelowWhatTheProcessMayHave() {
    QuotaLimits chosen = new QuotaLimits(Map.of(Quota.DESCRIPTORS, 5_000L), Map.of());
    assertThat(chosen.within(20_000).ofUser(Quota.DESCRIPTORS)).isEqualTo(5_000);
    assertThat(chosen.within(1_024).ofUser(Quota.DESCRIPTORS)).isEqualTo(768);
    assertThat(QuotaLimits.DEFAULT.within(Long.MAX_VALUE).ofMount(Quota.DESCRIPTORS))
        .isGreaterThan(1L << 60);
  }

  /** Eight threads take and give at random: the sums are right, and no limit was ever passed. */
  @Test
  void countsAreExactUnderManyThreads() throws Exception {
    Quotas quotas = quotas(Quota.RELAY_CONNECTIONS, 20, 50);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Long>> mosts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int seed = i;
      mosts.add(threads.submit(() -> takeAndGive(quotas, new Caller(2000 + seed % 4, 0, 0), seed)));
    }
    List<Long> seen = new ArrayList<>();
    for (Future<Long> most : mosts) {
      seen.add(most.get());
    }
    // a user may get nothing while those that hold all 50 do not run; all together they do get some
    assertThat(seen).allMatch(most -> most <= 20).anyMatch(most -> most > 0);
    threads.shutdown();
    assertThat(quotas.users()).isZero();
    assertThat(quotas.usedByAll(Quota.RELAY_CONNECTIONS)).isZero();
    assertThat(quotas.usedByAll(Quota.DESCRIPTORS)).isZero();
  }

  private static long takeAndGive(Quotas quotas, Caller caller, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long mine = 0;
    long most = 0;
    for (int step = 0; step < 20_000; step++) {
      if (random.nextBoolean()) {
        mine += quotas.tryTake(caller, Quota.RELAY_CONNECTIONS, 1) ? 1 : 0;
        most = Math.max(most, quotas.used(caller.uid(), Quota.RELAY_CONNECTIONS));
      } else if (mine > 0) {
        quotas.give(caller.uid(), Quota.RELAY_CONNECTIONS, 1);
        mine--;
      }
    }
    quotas.give(caller.uid(), Quota.RELAY_CONNECTIONS, mine);
    return most;
  }
}
