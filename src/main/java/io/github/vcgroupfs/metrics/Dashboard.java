package io.github.vcgroupfs.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A dashboard for Grafana that shows these metrics. Stateless. */
public final class Dashboard {
  private static final String FILE = "grafana-dashboard.json";

  private Dashboard() {}

  /** The JSON that Grafana imports. */
  public static byte[] json() {
    try (InputStream in = Dashboard.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in this jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
