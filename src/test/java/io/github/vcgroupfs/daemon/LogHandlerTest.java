package io.github.vcgroupfs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.ErrorManager;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log file: its lines and its bounds. */
class LogHandlerTest {
  @TempDir private Path folder;

  private static LogRecord line(String message) {
    return new LogRecord(Level.WARNING, message);
  }

  private String text(String name) throws Exception {
    return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aLineHasTimeLevelThreadAndMessage() throws Exception {
    LogHandler handler = new LogHandler(folder.resolve("log"), 1000);
    LogRecord record = line("read /\u00e9 failed");
    record.setThrown(new IllegalStateException("broken"));
    handler.publish(record);
    handler.close();
    assertThat(text("log"))
        .matches(
            "(?s)\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN \\["
                + Thread.currentThread().getName().replaceAll("[^\\w-]", ".")
                + "\\] read /\u00e9 failed\njava.lang.IllegalStateException: broken\n\tat .*");
  }

  @Test
  void aFullFileIsKeptOnce() throws Exception {
    LogHandler handler = new LogHandler(folder.resolve("log"), 1000);
    for (int i = 0; i < 100; i++) {
      handler.publish(line("line %02d".formatted(i)));
    }
    handler.close();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("log", "log.1");
    assertThat(Files.size(folder.resolve("log"))).isLessThanOrEqualTo(1000);
    assertThat(Files.size(folder.resolve("log.1"))).isLessThanOrEqualTo(1000);
    assertThat(text("log")).endsWith("line 99\n");
    assertThat(text("log.1") + text("log")).contains("line 80\n", "line 81\n", "line 98\n");
  }

  @Test
  void aFileIsGoneOnWith() throws Exception {
    for (String each : new String[] {"one", "two"}) {
      LogHandler handler = new LogHandler(folder.resolve("log"), 1000);
      handler.publish(line(each));
      handler.close();
    }
    assertThat(text("log")).contains("one\n", "two\n");
  }

  @Test
  void aLogThatCannotBeWrittenStopsNothing() throws Exception {
    LogHandler handler = new LogHandler(folder.resolve("log"), 1000);
    handler.setErrorManager(
        new java.util.logging.ErrorManager() {
          @Override
          public synchronized void error(String message, Exception e, int code) {}
        });
    handler.close();
    handler.publish(line("lost"));
    assertThat(text("log")).isEmpty();
  }

  @Test
  void aFileThatWasTakenAwayIsMadeAnew() throws Exception {
    LogHandler handler = new LogHandler(folder.resolve("log"), 1000);
    handler.publish(line("one"));
    Files.move(folder.resolve("log"), folder.resolve("taken"));
    handler.publish(line("two"));
    handler.close();
    assertThat(text("taken")).contains("one\n").doesNotContain("two\n");
    assertThat(text("log")).contains("two\n").doesNotContain("one\n");
  }

  @Test
  void linesThatAreLostWithTheFolderAreCounted() throws Exception {
    Path logs = Files.createDirectory(folder.resolve("logs"));
    LogHandler handler = new LogHandler(logs.resolve("log"), 1000);
    List<Exception> told = new ArrayList<>();
    handler.setErrorManager(
        new ErrorManager() {
          @Override
          public synchronized void error(String message, Exception failure, int code) {
            told.add(failure);
          }
        });
    handler.publish(line("one"));
    Files.delete(logs.resolve("log"));
    Files.delete(logs);
    handler.publish(line("two"));
    handler.publish(line("three"));
    assertThat(told).hasSize(2).allMatch(each -> each instanceof IOException);
    assertThat(logs).doesNotExist();
    Files.createDirectory(logs);
    handler.publish(line("four"));
    handler.close();
    assertThat(text("logs/log"))
        .startsWith("\n2 lines before this one could not be written\n")
        .endsWith("four\n");
  }
}
