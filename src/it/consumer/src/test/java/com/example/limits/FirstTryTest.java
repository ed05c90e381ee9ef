package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The first failure that a reader of the page sees is the one that the page shows. */
class FirstTryTest {
  @Test
  void theFailureSaysWhy() throws IOException {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(FirstTry.class))
                .build(),
            listener);
    List<Throwable> failures =
        listener.getSummary().getFailures().stream().map(each -> each.getException()).toList();
    assertEquals(1, failures.size(), failures.toString());
    Throwable failure = failures.get(0);
    StringBuilder text = new StringBuilder(failure + "\n");
    for (Throwable more : failure.getSuppressed()) {
      text.append("Suppressed: ").append(more.getMessage()).append('\n');
    }
    assertEquals(expected(), text.toString());
  }

  private static String expected() throws IOException {
    try (InputStream in = FirstTryTest.class.getResourceAsStream("/first-failure.txt")) {
      assertTrue(in != null, "the resource is missing");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
