package io.github.vcgroupfs.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.columns.Column;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatcherTest {
  private static final Duration OFTEN = Duration.ofMillis(1);
  private static final Duration SELDOM = Duration.ofDays(1);

  @TempDir Path folder;
  private FakeTree tree;
  private Watcher watcher;

  @BeforeEach
  void make() throws Exception {
    tree = new FakeTree(folder);
    tree.mkdir("mnt");
  }

  @AfterEach
  void close() {
    watcher.close();
  }

  private void watch(Duration interval) throws Exception {
    watcher = new Watcher(Hierarchy.at(folder.resolve("mnt")), interval);
  }

  /** Collects what a viewer is told. */
  private static final class Seen implements Viewer {
    final BlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();
    final BlockingQueue<WatchState> states = new LinkedBlockingQueue<>();

    @Override
    public void saw(Snapshot snapshot) {
      snapshots.add(snapshot);
    }

    @Override
    public void changed(WatchState state) {
      states.add(state);
    }

    private <T> T next(BlockingQueue<T> from) throws InterruptedException {
      T next = from.poll(30, TimeUnit.SECONDS);
      assertThat(next).as("was told something").isNotNull();
      return next;
    }
  }

  @Test
  void nobodyLooksSoNothingIsRead() throws Exception {
    watch(OFTEN);
    assertThat(watcher.latest()).isEmpty();
    assertThat(watcher.state().kind()).isEqualTo(WatchState.Kind.UNSEEN);
    watcher.subscribe(snapshot -> {}).close();
    Snapshot now = watcher.now(Duration.ZERO);
    assertThat(watcher.now(SELDOM)).as("young enough").isSameAs(now);
    assertThat(watcher.history().of("/").timesMs()).contains(now.timeMs());
  }

  @Test
  void allViewersSeeTheSame() throws Exception {
    watch(OFTEN);
    Seen one = new Seen();
    Seen two = new Seen();
    watcher.subscribe(one);
    watcher.subscribe(two);
    Snapshot seen = two.next(two.snapshots);
    Snapshot other = one.next(one.snapshots);
    while (other != seen) {
      other = one.next(one.snapshots);
    }
    assertThat(watcher.state().isSeen()).isTrue();
    assertThat(watcher.latest()).isPresent();
  }

  /** An unmount and another mount, as they look from outside. */
  @Test
  void whatIsGoneIsLookedForAndFoundAgain() throws Exception {
    watch(OFTEN);
    Seen viewer = new Seen();
    watcher.subscribe(viewer);
    assertThat(viewer.next(viewer.states)).isEqualTo(WatchState.SEEN);
    tree.remove("mnt");
    WatchState gone = viewer.next(viewer.states);
    assertThat(gone.kind()).isEqualTo(WatchState.Kind.ABSENT);
    assertThat(gone.why().orElseThrow()).contains("mnt");
    assertThat(watcher.state().kind()).isEqualTo(WatchState.Kind.ABSENT);
    assertThatThrownBy(() -> watcher.now(Duration.ZERO)).isInstanceOf(WatchException.class);
    assertThatThrownBy(() -> watcher.now(SELDOM))
        .as("not young enough, for it is known to be gone")
        .isInstanceOf(WatchException.class);
    viewer.snapshots.clear();
    tree.mkdir("mnt/web");
    tree.mkdir("mnt");
    while (!viewer.next(viewer.states).isSeen()) {
      assertThat(watcher.latest()).as("what was seen last is kept").isPresent();
    }
    assertThat(viewer.next(viewer.snapshots).group("/web")).isPresent();
  }

  /** A kernel's hierarchy is covered by a mount of ours: what can be known changes. */
  @Test
  void whatIsMountedAnewIsFoundOut() throws Exception {
    watch(OFTEN);
    watcher.now(Duration.ZERO);
    assertThat(watcher.hierarchy().whyUnknown(Column.WINDOW)).isPresent();
    new FakeTree(folder.resolve("mnt"))
        .table("# profile linux-6.18\npath\tusage\twindow\n/\t1\t2\n");
    assertThat(watcher.now(Duration.ZERO).groups().get(0).get(Column.WINDOW)).hasValue(2);
    assertThat(watcher.hierarchy().whyUnknown(Column.WINDOW)).isEmpty();
    assertThat(watcher.hierarchy().profile()).contains("linux-6.18");
  }

  @Test
  void aBrokenViewerIsLeftOut() throws Exception {
    watch(OFTEN);
    CountDownLatch called = new CountDownLatch(1);
    Seen other = new Seen();
    watcher.subscribe(
        snapshot -> {
          called.countDown();
          throw new IllegalStateException("broken on purpose");
        });
    watcher.subscribe(other);
    assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
    other.next(other.snapshots);
    other.next(other.snapshots);
  }

  @Test
  void aClosedWatcherAnswersNobody() throws Exception {
    watch(SELDOM);
    watcher.close();
    assertThatThrownBy(() -> watcher.now(Duration.ZERO)).hasMessageContaining("nobody watches");
  }
}
