package io.github.vcgroupfs.simulate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes samples as CSV: a header, then one line for each sample. Not thread-safe. */
public final class CsvTrace implements SampleSink {
  private static final String HEADER =
      "scenario,ms,group,usage,limit,max_usage,failcnt,pressure,window,sent,received,pruned,"
          + "rcvq_dropped,zero_window\n";

  private final Path file;
  private final BufferedWriter out;

  private CsvTrace(Path file, BufferedWriter out) {
    this.file = file;
    this.out = out;
  }

  /** Starts a file. A file with that name is overwritten. */
  public static CsvTrace open(Path file) throws IOException {
    CsvTrace trace = new CsvTrace(file, Files.newBufferedWriter(file));
    trace.out.write(HEADER);
    return trace;
  }

  @Override
  public void accept(Sample sample) throws IOException {
    try {
      write(sample);
    } catch (IOException failed) {
      throw FileErrors.of(file, failed);
    }
  }

  private void write(Sample sample) throws IOException {
    out.write(quoted(sample.scenario()));
    out.write(String.format(Locale.ROOT, ",%.3f,", sample.ms()));
    out.write(quoted(sample.group()));
    long[] numbers = {
      sample.usage(),
      sample.limit(),
      sample.maxUsage(),
      sample.failcnt(),
      sample.pressure() ? 1 : 0,
      sample.window(),
      sample.sent(),
      sample.received(),
      sample.pruned(),
      sample.dropped(),
      sample.zeroWindow()
    };
    for (long number : numbers) {
      out.write(',');
      out.write(Long.toString(number));
    }
    out.write('\n');
  }

  private static String quoted(String text) {
    return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException failed) {
      throw FileErrors.of(file, failed);
    }
  }
}
