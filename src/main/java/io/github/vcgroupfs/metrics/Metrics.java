package io.github.vcgroupfs.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The numbers of a hierarchy for Prometheus. Thread-safe. */
public final class Metrics {
  /** The label that says which group a number is of. cAdvisor calls it so. */
  static final String GROUP = "id";

  private static final int USUAL_BYTES = 1 << 16;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  /**
   * The metrics of a hierarchy.
   *
   * @param sight what is scraped
   * @param version of this program
   * @param revision the commit that it was built from; empty if nobody knows it
   */
  public Metrics(Sight sight, String version, String revision) {
    registry.register(new HierarchyCollector(sight, version, revision));
  }

  /**
   * A scrape.
   *
   * @param contentType the format that was chosen
   * @param body the text; not copied, whoever gets it must not change it
   */
  @SuppressWarnings("ArrayRecordComponent") // it is compared with nothing
  public record Scrape(String contentType, byte[] body) {}

  /**
   * All metrics as they are now.
   *
   * @param accept the header of that name: which formats the client takes; null: any
   */
  public Scrape scrape(@Nullable String accept) {
    ExpositionFormatWriter writer = formats.findWriter(accept);
    EscapingScheme escaping = EscapingScheme.fromAcceptHeader(accept);
    ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_BYTES);
    try {
      writer.write(body, registry.scrape(), escaping);
    } catch (IOException cannotBe) {
      throw new AssertionError("an array in memory cannot be written", cannotBe);
    }
    return new Scrape(writer.getContentType() + escaping.toHeaderFormat(), body.toByteArray());
  }
}
