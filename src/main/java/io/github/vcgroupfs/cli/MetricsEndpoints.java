package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.metrics.Dashboard;
import io.github.vcgroupfs.metrics.Metrics;
import io.github.vcgroupfs.metrics.Sight;
import io.github.vcgroupfs.serve.Answer;
import io.github.vcgroupfs.serve.Endpoint;
import io.github.vcgroupfs.serve.Need;
import io.github.vcgroupfs.serve.Request;
import io.github.vcgroupfs.watch.Watcher;
import java.util.List;

/** What {@code serve} answers to Prometheus and Grafana. */
final class MetricsEndpoints {
  private static final String JSON = "application/json; charset=utf-8";

  private MetricsEndpoints() {}

  static List<Endpoint> of(Watcher watcher) {
    Metrics metrics = new Metrics(Sight.of(watcher), Version.number(), Version.revision());
    return List.of(
        new Endpoint("/metrics", Need.LOOK, request -> scrape(metrics, request)),
        new Endpoint(
            "/grafana-dashboard.json", Need.LOOK, request -> Answer.of(JSON, Dashboard.json())));
  }

  private static Answer scrape(Metrics metrics, Request request) {
    Metrics.Scrape scrape = metrics.scrape(request.header("Accept").orElse(null));
    // the answer depends on what the client takes: a proxy must not give one client's to another
    return Answer.of(scrape.contentType(), scrape.body()).with("Vary", "Accept");
  }
}
