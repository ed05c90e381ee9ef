/**
 * The numbers of a hierarchy as Prometheus reads them: a text with one line for each number of each
 * group. Names are those of cAdvisor where it has the same number.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.metrics.Metrics}.
 *
 * <p><b>Reading order:</b> {@code Family} (a name, and what stands behind it), {@code
 * GroupFamilies} (which column of a group has which name), {@code HierarchyCollector}.
 *
 * <p><b>Threading:</b> any thread may scrape; nothing is kept between two scrapes.
 *
 * <p><b>Not here:</b> who looks at the hierarchy ({@code watch}), and who answers requests ({@code
 * serve}).
 *
 * <p><b>Source:</b> cAdvisor, {@code metrics/prometheus.go} and {@code docs/storage/prometheus.md};
 * the Prometheus documentation, "Exposition formats" and "Metric and label naming".
 */
@NullMarked
package io.github.vcgroupfs.metrics;

import org.jspecify.annotations.NullMarked;
