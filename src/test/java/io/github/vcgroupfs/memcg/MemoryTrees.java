package io.github.vcgroupfs.memcg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes hierarchies for a test and validates {@link ModelInvariants} of each of them after it.
 * Register it per method: {@code @RegisterExtension final MemoryTrees trees = new MemoryTrees();}.
 * A defect that the model reports through its listener fails the test, unless it was expected.
 */
public final class MemoryTrees implements AfterEachCallback {
  private final List<MemoryTree> trees = new ArrayList<>();
  private final List<IntSupplier> openHandles = new ArrayList<>();
  private final AtomicLong reports = new AtomicLong();
  private long expectedReports;

  /** A relaxed {@code lwn-2011} tree without processes. */
  public MemoryTree newTree() {
    return newTree(Profiles.LWN_2011.relaxed(), Membership.NOBODY);
  }

  /** A tree of that profile with those processes; the clock stands still. */
  public MemoryTree newTree(KernelProfile profile, Membership membership) {
    MemoryTree tree =
        new MemoryTree(profile, membership, () -> 0, missing -> reports.incrementAndGet());
    trees.add(tree);
    return tree;
  }

  /** Checks a tree that was made elsewhere, too. */
  public <T extends MemoryTree> T watch(T tree) {
    trees.add(tree);
    return tree;
  }

  /** Checks that all handles were given back at the end. */
  public void watchHandles(IntSupplier open) {
    openHandles.add(open);
  }

  /** The test provokes reports of broken invariants; without this, none may come. */
  public void expectReports(int count) {
    expectedReports = count;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    trees.forEach(ModelInvariants::check);
    for (IntSupplier each : openHandles) {
      assertThat(each.getAsInt()).as("open handles at the end of the test").isZero();
    }
    assertThat(reports.get())
        .as("reports of more being uncharged than charged")
        .isEqualTo(expectedReports);
  }
}
