package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a program: its line, its signals, and what it refuses. */
@MountTest
class ServeIT {
  private static final int SIGTERM_STATUS = 128 + 15;
  private static final int PAUSE_MS = 20;

  @TempDir private Path dir;

  private final HttpClient client = HttpClient.newHttpClient();

  private static Process start(String... arguments) throws Exception {
    return new ProcessBuilder(Program.command(arguments)).start();
  }

  private int status(String link) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(link)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private void awaitStatus(int wanted, String link) throws Exception {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    int status = status(link);
    while (status != wanted && System.nanoTime() - deadlineNs < 0) {
      Thread.sleep(50);
      status = status(link);
    }
    assertThat(status).isEqualTo(wanted);
  }

  @Test
  void printsALinkAnswersAndEndsWithTheMountFree() throws Exception {
    try (MountedFs fs = MountedFs.start()) {
      Process serve = start("serve", "--write", "--listen", "127.0.0.1:0", fs.root().toString());
      try {
        String link = serve.inputReader().readLine();
        assertThat(link).matches("http://127\\.0\\.0\\.1:[0-9]+/\\?token=[A-Za-z0-9_-]{32}");
        String base = link.replaceFirst("\\?.*", "");
        assertThat(status(link)).isEqualTo(303);
        assertThat(status(base)).isEqualTo(200);
        assertThat(status(base + "metrics")).isEqualTo(200);
        assertThat(status(base + "api/profiles")).isEqualTo(200);

        Program.Ended taken =
            Program.run(
                "serve",
                "--listen",
                "127.0.0.1:" + URI.create(base).getPort(),
                fs.root().toString());
        assertThat(taken.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(taken.err()).contains("--listen 127.0.0.1:0 takes a port that is free");

        Program.Ended umount = Program.run("umount", fs.root().toString());
        assertThat(umount.err()).isEmpty();
        assertThat(umount.status()).isEqualTo(ExitStatus.DONE); // nothing is held open
        awaitStatus(503, base + "api/snapshot"); // one of the second before is still an answer
        assertThat(status(base)).isEqualTo(200);

        serve.destroy();
        assertThat(serve.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(serve.exitValue()).isEqualTo(SIGTERM_STATUS);
      } finally {
        serve.destroyForcibly();
      }
    }
  }

  @Test
  void othersAreLetInOnlyWithATokenOfTheirOwn() throws Exception {
    Program.Ended open = Program.run("serve", "--listen", "0.0.0.0:0", "/");
    assertThat(open.status()).isEqualTo(ExitStatus.MISUSED);
    assertThat(open.err()).contains("add --token-file FILE");

    Path file = Files.writeString(dir.resolve("token"), "0123456789abcdef\n");
    try (MountedFs fs = MountedFs.start()) {
      Process serve =
          start(
              "serve",
              "--listen",
              "0.0.0.0:0",
              "--token-file",
              file.toString(),
              fs.root().toString());
      try {
        String base = serve.inputReader().readLine();
        assertThat(base).matches("http://0\\.0\\.0\\.0:[0-9]+/"); // the secret is in its file
        base = base.replace("0.0.0.0", "127.0.0.1");
        for (String path : new String[] {"", "api/snapshot", "api/events", "metrics"}) {
          assertThat(status(base + path)).as(path).isEqualTo(401);
        }
        HttpRequest known =
            HttpRequest.newBuilder(URI.create(base + "api/snapshot"))
                .header("Authorization", "Bearer 0123456789abcdef")
                .build();
        assertThat(client.send(known, HttpResponse.BodyHandlers.ofString()).statusCode())
            .isEqualTo(200);
      } finally {
        serve.destroy();
        while (serve.isAlive()) {
          Thread.sleep(PAUSE_MS);
        }
      }
    }
  }

  @Test
  void whatIsNoHierarchyIsTold() throws Exception {
    Program.Ended ended = Program.run("serve", dir.toString());
    assertThat(ended.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(ended.err())
        .contains("is no cgroup v1 memory hierarchy")
        .doesNotContain("Exception");
  }
}
