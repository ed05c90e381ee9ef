package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What waits for somebody who reads slowly. */
class PageViewerTest {
  private final PageViewer viewer = new PageViewer("/web");

  private String taken() throws InterruptedException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    viewer.take(0).forEach(all::writeBytes);
    return all.toString(StandardCharsets.UTF_8);
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void ofHowThingsAreOnlyTheNewestIsKept() throws Exception {
    viewer.show(PageViewer.Kind.SNAPSHOT, json("{\"n\":1}"));
    viewer.show(PageViewer.Kind.SOCKETS, json("[]"));
    viewer.show(PageViewer.Kind.SNAPSHOT, json("{\"n\":2}"));
    assertThat(taken())
        .isEqualTo("event: snapshot\ndata: {\"n\":2}\n\nevent: sockets\ndata: []\n\n");
    assertThat(taken()).isEmpty();
  }

  @Test
  void ofWhatHappenedTheLastIsKept() throws Exception {
    for (int i = 0; i < 1000; i++) {
      viewer.tell(json("[" + i + "]"));
    }
    assertThat(taken().split("\n\n", -1)).hasSize(64 + 1).contains("event: journal\ndata: [999]");
  }

  @Test
  void isNewOnce() {
    assertThat(viewer.isNew()).isTrue();
    assertThat(viewer.isNew()).isFalse();
  }
}
