package io.github.vcgroupfs.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TotalTest {
  private static Total total() {
    Total total = new Total(4);
    total.set(0, 10);
    total.set(0, 20);
    total.set(2, 50);
    total.moveTo(3);
    return total;
  }

  @Test
  void growsFromBucketToBucket() {
    assertThat(total().points(4)).containsExactly(0, 20, 20, 20, 20, 50, 50, 50);
  }

  @Test
  void ratesAreOfTheBucketsUpToEach() {
    // a bucket of 500 ms: 20 in the first, none, 30, none
    assertThat(total().perSecond(4, 1, 500)).containsExactly(40, 40, 0, 0, 60, 60, 0, 0);
    assertThat(total().perSecond(4, 2, 500)).containsExactly(40, 40, 20, 20, 30, 30, 30, 30);
  }
}
