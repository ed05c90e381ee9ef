package io.github.vcgroupfs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of profiles: what holds for all, and what is special in lwn-2011. */
class ProfilesTest {
  /** In the order of rulings.md, profile list. Later profiles join the table from the front. */
  private static final List<String> IDS =
      List.of(
          "lwn-2011",
          "linux-3.3",
          "linux-3.10",
          "linux-4.4",
          "linux-4.9",
          "linux-4.19",
          "linux-5.10",
          "linux-5.15",
          "linux-5.16",
          "linux-6.1",
          "linux-6.18");

  @Test
  void idsAreThoseOfTheProfileListInItsOrder() {
    List<String> ours = Profiles.all().stream().map(KernelProfile::id).toList();
    assertThat(ours).doesNotHaveDuplicates().contains("lwn-2011");
    assertThat(ours).isEqualTo(IDS.stream().filter(ours::contains).toList());
  }

  @Test
  void aProfileIsFoundByItsIdAndByNothingElse() {
    for (KernelProfile profile : Profiles.all()) {
      assertThat(Profiles.byId(profile.id())).containsSame(profile);
      assertThat(profile.label()).isNotBlank();
    }
    assertThat(Profiles.byId("LWN-2011")).isEmpty();
    assertThat(Profiles.byId("")).isEmpty();
  }

  @Test
  void aListedProfileIsStrictAndRelaxingAddsOursOnce() {
    for (KernelProfile strict : Profiles.all()) {
      KernelProfile relaxed = strict.relaxed();
      assertThat(strict.features())
          .doesNotContain(
              KernelFeature.SIM_FILES,
              KernelFeature.SETTABLE_USAGE,
              KernelFeature.POPULATED_USAGE,
              KernelFeature.KEPT_XATTR);
      assertThat(relaxed.features())
          .contains(
              KernelFeature.SIM_FILES,
              KernelFeature.SETTABLE_USAGE,
              KernelFeature.POPULATED_USAGE,
              KernelFeature.KEPT_XATTR)
          .doesNotContain(KernelFeature.GROUP_ID_SPACE);
      assertThat(relaxed.relaxed()).isEqualTo(relaxed);
      assertThat(relaxed.id()).isEqualTo(strict.id());
    }
  }

  @Test
  void lwn2011IsAResCounterKernelOf3x() {
    KernelProfile lwn = Profiles.LWN_2011;
    assertThat(lwn.era()).isEqualTo(CounterEra.RES_COUNTER);
    assertThat(lwn.limits().suffixes()).isEqualTo("KMG");
    assertThat(lwn.integers()).isEqualTo(IntegerParser.SIMPLE_STRTOULL);
    assertThat(lwn.files().snapshot()).isEqualTo(ReadSnapshot.EVERY_READ);
    assertThat(lwn.files().lengths())
        .isEqualTo(new WriteLengths(62, 255, 63, 4095, Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertThat(lwn.files().rootMode()).isEqualTo(0755);
    assertThat(lwn.files().newlineInName()).isTrue();
    assertThat(lwn.memory().maxSwappiness()).isEqualTo(100);
    assertThat(lwn.memory().maxGroups()).isEqualTo(65535);
    assertThat(lwn.memory().idsExhausted()).isEqualTo(Errno.ENOSPC);
  }

  @Test
  void articleModeIsWhatRelaxingAddsAndPatchModeLacks() {
    KernelProfile lwn = Profiles.LWN_2011;
    assertThat(lwn.has(KernelFeature.ARTICLE_NAMES)).isFalse();
    assertThat(lwn.has(KernelFeature.SETTABLE_KMEM_LIMIT)).isFalse();
    assertThat(lwn.relaxed().has(KernelFeature.ARTICLE_NAMES)).isTrue();
    assertThat(lwn.relaxed().has(KernelFeature.SETTABLE_KMEM_LIMIT)).isTrue();
  }

  @Test
  void tcpMemIsComputedAsAtBootAndIsAConstantOfTheProfile() {
    // tcp_init_mem of 3.x: limit = max(free buffer pages / 8, 128); [limit / 4 * 3, limit, 2 * min]
    assertThat(TcpMemLimits.ofFreeBufferPages(800, 8)).isEqualTo(new TcpMemLimits(96, 128, 192));
    assertThat(TcpMemLimits.ofFreeBufferPages(8 * 4003, 8))
        .isEqualTo(new TcpMemLimits(3000, 4003, 6000));
    assertThat(Profiles.LWN_2011.tcp().memPages())
        .hasToString("575799 767734 1151598")
        .isEqualTo(Profiles.LWN_2011.relaxed().tcp().memPages());
  }

  @Test
  void aGroupsTcpMemIsCappedElementByElement() {
    TcpMemLimits all = new TcpMemLimits(10, 20, 30);
    assertThat(all.cappedAt(40)).isEqualTo(all);
    assertThat(all.cappedAt(20)).isEqualTo(new TcpMemLimits(10, 20, 20));
    assertThat(all.cappedAt(5)).isEqualTo(new TcpMemLimits(5, 5, 5));
    assertThat(all.cappedAt(0)).isEqualTo(new TcpMemLimits(0, 0, 0));
  }
}
