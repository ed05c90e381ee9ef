package io.github.vcgroupfs.columns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnTest {
  @Test
  void idsAreTheNamesInSmallLettersAndLeadBack() {
    assertThat(Column.all()).hasSameSizeAs(Column.values()).doesNotHaveDuplicates();
    for (Column each : Column.all()) {
      assertThat(each.id()).matches("[a-z]+(_[a-z]+)*");
      assertThat(Column.byId(each.id())).contains(each);
      assertThat(each.help()).isNotBlank().doesNotEndWith(".");
      assertThat(each.isLimit() && each.isCounter()).isFalse();
    }
    assertThat(Column.byId("nonsense")).isEmpty();
  }

  @Test
  void noLimitIsOneNumberWhateverKernelsShow() {
    assertThat(Column.LIMIT.parsed("9223372036854771712")).isEqualTo(Column.UNLIMITED);
    assertThat(Column.LIMIT.parsed("9223372036854775807")).isEqualTo(Column.UNLIMITED);
    assertThat(Column.LIMIT.parsed("9223372036854775808")).isEqualTo(Column.UNLIMITED);
    assertThat(Column.LIMIT.parsed("18446744073709551615")).isEqualTo(Column.UNLIMITED);
    assertThat(Column.LIMIT.parsed("576460752303423488")).isEqualTo(1L << 59);
    assertThat(Column.USAGE.parsed("9223372036854771712")).isEqualTo(9223372036854771712L);
    assertThat(Column.USAGE.parsed("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsNoNumberIsNotKnown() {
    for (String each :
        new String[] {"", "-1", "max", "12 ", "9223372036854775808", "18446744073709551615"}) {
      assertThat(Column.USAGE.parsed(each)).as("\"%s\"", each).isEqualTo(Column.UNKNOWN);
    }
  }
}
