package io.github.vcgroupfs.serve;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.GroupSample;
import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.WatchException;
import io.github.vcgroupfs.watch.Watcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What there is to look at, beside the page itself and the events. Thread-safe. */
final class Looks {
  private final ServeSettings settings;
  private final Watcher watcher;
  private final FewAtOnce details =
      new FewAtOnce(8, "the hierarchy has not answered %d others yet: ask again later");
  private final Gate gate;

  /**
   * What there is to look at.
   *
   * @param watcher sees the groups
   * @param gate knows who may do more than look
   */
  Looks(ServeSettings settings, Watcher watcher, Gate gate) {
    this.settings = settings;
    this.watcher = watcher;
    this.gate = gate;
  }

  /** All of it. */
  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint("/api/info", Need.LOOK, this::info),
        new Endpoint("/api/snapshot", Need.LOOK, request -> snapshot()),
        new Endpoint("/api/history", Need.LOOK, this::history),
        new Endpoint("/api/sockets", Need.LOOK, details.limiting(this::sockets)),
        new Endpoint("/api/flows", Need.LOOK, details.limiting(this::flows)),
        new Endpoint("/api/relays", Need.LOOK, details.limiting(this::relays)),
        new Endpoint("/api/why", Need.LOOK, details.limiting(this::why)));
  }

  private Answer info(Request request) {
    Hierarchy hierarchy = watcher.hierarchy();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("directory", hierarchy.directory().toString());
    fields.put("ours", hierarchy.isOurs());
    fields.put("strict", hierarchy.isStrict());
    fields.put("profile", hierarchy.profile().orElse(null));
    fields.put("version", settings.version());
    fields.put("writable", gate.mayChange(request));
    fields.put("intervalMs", watcher.interval().toMillis());
    List<Map<String, @Nullable Object>> columns = new ArrayList<>();
    for (Column each : Column.all()) {
      columns.add(column(each, hierarchy.whyUnknown(each)));
    }
    fields.put("columns", columns);
    return Answer.json(fields);
  }

  private static Map<String, @Nullable Object> column(Column column, Optional<String> whyUnknown) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", column.id());
    fields.put("unit", column.unit().name().toLowerCase(Locale.ROOT));
    fields.put("counter", column.isCounter());
    fields.put("help", column.help());
    fields.put("known", whyUnknown.isEmpty());
    fields.put("why", whyUnknown.orElse(null));
    return fields;
  }

  private Answer snapshot() throws WatchException, InterruptedException {
    return Answer.jsonText(GroupsJson.of(watcher.now(watcher.interval())));
  }

  private Answer history(Request request) {
    return Answer.jsonText(GroupsJson.of(watcher.history().of(group(request))));
  }

  private Answer sockets(Request request)
      throws BadRequestException, WatchException, InterruptedException {
    return Answer.json(Details.sockets(watcher.hierarchy(), seen(request)));
  }

  private Answer flows(Request request)
      throws BadRequestException, WatchException, InterruptedException {
    return Answer.json(Details.flows(watcher.hierarchy(), seen(request).path()));
  }

  private Answer relays(Request request)
      throws BadRequestException, WatchException, InterruptedException {
    return Answer.json(Details.relays(watcher.hierarchy(), seen(request).path()));
  }

  private Answer why(Request request)
      throws BadRequestException, WatchException, InterruptedException {
    return Answer.json(Details.lines(watcher.hierarchy().why(seen(request).path())));
  }

  /** A group that is there; so nobody asks for what is no group. */
  private GroupSample seen(Request request)
      throws BadRequestException, WatchException, InterruptedException {
    String group = group(request);
    return watcher
        .now(watcher.interval())
        .group(group)
        .orElseThrow(
            () ->
                new BadRequestException(
                    Answer.NOT_FOUND,
                    "there is no group %s: /api/snapshot lists them".formatted(group)));
  }

  private static String group(Request request) {
    return request.query(Events.GROUP).orElse("/");
  }
}
