package io.github.vcgroupfs.cgroupfs.inode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Inode numbers: unique in a mount, and their parts can be read back. */
class InodesTest {
  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private record File(int index, int mode) implements IndexedFile {}

  @Test
  void numbersOfTwoHierarchiesWithTheSameGroupIdsDiffer() throws Exception {
    CgroupTree first = trees.newTree().tree();
    CgroupTree second = trees.newTree().tree();
    Inodes firstInodes = new Inodes(0);
    Inodes secondInodes = new Inodes(1);
    Set<Long> numbers = new HashSet<>();
    for (Cgroup group : List.of(first.root(), first.mkdir(first.root(), "a"))) {
      addAll(numbers, firstInodes, group);
    }
    for (Cgroup group : List.of(second.root(), second.mkdir(second.root(), "a"))) {
      addAll(numbers, secondInodes, group);
    }
    assertThat(numbers).hasSize(4 * (1 + Inodes.MAX_INDEX)).allMatch(ino -> ino > 0);
  }

  private static void addAll(Set<Long> numbers, Inodes inodes, Cgroup group) {
    numbers.add(inodes.number(group));
    for (int index = 1; index <= Inodes.MAX_INDEX; index++) {
      numbers.add(inodes.number(group, new File(index, 0444)));
    }
  }

  @Test
  void aNumberSaysWhichFileOfWhichGroupItIs() throws Exception {
    CgroupTree tree = trees.newTree().tree();
    Cgroup group = tree.mkdir(tree.root(), "a");
    Inodes inodes = new Inodes(3);
    inodes.created(group, 0755, 1000, 1001, 0);
    File last = new File(Inodes.MAX_INDEX, 0640);
    long ino = inodes.number(group, last);
    assertThat(inodes.index(ino)).isEqualTo(Inodes.MAX_INDEX);
    assertThat(inodes.index(inodes.number(group))).isZero();
    assertThat(inodes.isIn(group, ino)).isTrue();
    assertThat(inodes.isIn(tree.root(), ino)).isFalse();
    assertThat(inodes.attributes(ino, last).mode()).isEqualTo(0640);
    assertThat(inodes.attributes(ino, last).uid()).isEqualTo(1000);
  }

  /** Or an eventfd could be registered for a file of another controller. */
  @Test
  void aNumberOfAnotherHierarchyIsNoFileHere() throws Exception {
    CgroupTree tree = trees.newTree().tree();
    long ino = new Inodes(1).number(tree.root(), new File(7, 0444));
    Inodes other = new Inodes(2);
    assertThat(other.index(ino)).isEqualTo(-1);
    assertThat(other.isIn(tree.root(), ino)).isFalse();
  }

  /** stat(2) of programs for 32 bits fails above. */
  @Test
  void theFirstMillionGroupsHaveNumbersOf32Bits() {
    assertThat((1_000_000L * (Inodes.MAX_INDEX + 1)) >>> 32).isZero();
  }

  @Test
  void aMountHasSoManyHierarchies() {
    assertThatThrownBy(() -> new Inodes(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Inodes(32_768))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a mount has hierarchies 0 to 32767, not 32768");
  }
}
