package io.github.vcgroupfs.serve;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.watch.GroupSample;
import io.github.vcgroupfs.watch.JournalLine;
import io.github.vcgroupfs.watch.JournalTail;
import io.github.vcgroupfs.watch.Snapshot;
import io.github.vcgroupfs.watch.Subscription;
import io.github.vcgroupfs.watch.Viewer;
import io.github.vcgroupfs.watch.WatchException;
import io.github.vcgroupfs.watch.WatchState;
import io.github.vcgroupfs.watch.Watcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all viewers see. Groups are read once and written as JSON once, however many look; the
 * sockets and flows of a group are read once for all who look at that group. While nobody looks
 * nothing is read. Thread-safe: what is seen comes on the thread of the watcher.
 */
final class Live implements Viewer {
  private static final Logger LOG = LoggerFactory.getLogger(Live.class);

  /** Lines of the journal that somebody gets who has just come. */
  private static final int MOST_OLD_LINES = 200;

  private final Watcher watcher;

  /** Only for the thread of the watcher. */
  private final JournalTail tail = new JournalTail();

  @GuardedBy("this")
  private final Set<PageViewer> viewers = new HashSet<>();

  @GuardedBy("this")
  private @Nullable Subscription subscription;

  @GuardedBy("this")
  private byte @Nullable [] newest;

  /** What a watcher sees. */
  Live(Watcher watcher) {
    this.watcher = watcher;
  }

  /** Somebody looks from now on. */
  synchronized void join(PageViewer viewer) {
    viewers.add(viewer);
    viewer.show(PageViewer.Kind.MOUNT, json(watcher.state()));
    if (newest != null) {
      viewer.show(PageViewer.Kind.SNAPSHOT, newest);
    }
    if (subscription == null) {
      subscription = watcher.subscribe(this);
    }
  }

  /** He looks no more. */
  synchronized void leave(PageViewer viewer) {
    viewers.remove(viewer);
    if (viewers.isEmpty() && subscription != null) {
      subscription.close();
      subscription = null;
      newest = null; // it would be old for whoever comes next
    }
  }

  @Override
  public void saw(Snapshot snapshot) {
    byte[] json = GroupsJson.of(snapshot);
    List<PageViewer> all = show(PageViewer.Kind.SNAPSHOT, json);
    try {
      showDetails(snapshot, all);
      tellNews(all);
    } catch (WatchException gone) {
      LOG.debug("the hierarchy went while its groups were read; the next look will say so", gone);
    }
  }

  @Override
  public void changed(WatchState state) {
    show(PageViewer.Kind.MOUNT, json(state));
  }

  private synchronized List<PageViewer> show(PageViewer.Kind kind, byte[] json) {
    if (kind == PageViewer.Kind.SNAPSHOT) {
      newest = json;
    }
    viewers.forEach(each -> each.show(kind, json));
    return List.copyOf(viewers);
  }

  /** Outside the lock, since a mount may be slow to answer. */
  private void showDetails(Snapshot snapshot, List<PageViewer> all) throws WatchException {
    Map<String, List<PageViewer>> byGroup = new HashMap<>();
    for (PageViewer each : all) {
      byGroup.computeIfAbsent(each.group(), group -> new ArrayList<>()).add(each);
    }
    for (Map.Entry<String, List<PageViewer>> each : byGroup.entrySet()) {
      Optional<GroupSample> group = snapshot.group(each.getKey());
      if (group.isPresent()) {
        byte[] sockets = Json.bytes(Details.sockets(watcher.hierarchy(), group.get()));
        byte[] flows = Json.bytes(Details.flows(watcher.hierarchy(), each.getKey()));
        byte[] relays = Json.bytes(Details.relays(watcher.hierarchy(), each.getKey()));
        byte[] faults = Json.bytes(watcher.hierarchy().faults(each.getKey()));
        for (PageViewer viewer : each.getValue()) {
          viewer.show(PageViewer.Kind.SOCKETS, sockets);
          viewer.show(PageViewer.Kind.FLOWS, flows);
          viewer.show(PageViewer.Kind.RELAYS, relays);
          viewer.show(PageViewer.Kind.FAULTS, faults);
        }
      }
    }
  }

  private void tellNews(List<PageViewer> all) throws WatchException {
    List<JournalLine> lines = watcher.hierarchy().journal();
    List<JournalLine> news = tail.newLines(lines);
    List<JournalLine> last =
        lines.subList(Math.max(0, lines.size() - MOST_OLD_LINES), lines.size());
    byte[] newsJson = Json.bytes(Details.lines(news));
    for (PageViewer each : all) {
      if (each.isNew()) {
        each.tell(Json.bytes(Details.lines(last)));
      } else if (!news.isEmpty()) {
        each.tell(newsJson);
      }
    }
  }

  private static byte[] json(WatchState state) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("there", state.isSeen() || state.kind() == WatchState.Kind.UNSEEN);
    fields.put("why", state.why().orElse(null));
    return Json.bytes(fields);
  }
}
