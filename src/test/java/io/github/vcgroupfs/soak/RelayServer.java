package io.github.vcgroupfs.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Where a relay leads: sends back what comes, or, to a client that says GET, as much as it takes.
 * Thread-safe.
 */
final class RelayServer implements AutoCloseable {
  private static final int BLOCK_BYTES = 16 << 10;

  private final ServerSocket listener =
      new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  RelayServer() throws IOException {
    Future<?> unusedListening =
        threads.submit(
            () -> {
              while (!listener.isClosed()) {
                Socket accepted = listener.accept();
                Future<?> unused = threads.submit(() -> serve(accepted));
              }
              return null;
            });
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Clients that are killed or cut end it with an exception, which nobody needs. */
  private static Void serve(Socket accepted) throws IOException {
    try (accepted) {
      InputStream in = accepted.getInputStream();
      OutputStream out = accepted.getOutputStream();
      int first = in.read();
      if (first == 'G') {
        out.write("HTTP/1.0 200 OK\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] block = new byte[BLOCK_BYTES];
        while (!accepted.isClosed()) {
          out.write(block);
        }
      } else if (first >= 0) {
        out.write(first);
        in.transferTo(out);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
