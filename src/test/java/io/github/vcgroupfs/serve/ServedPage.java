package io.github.vcgroupfs.serve;

import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.Watcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server in this process, and somebody who asks it. */
final class ServedPage implements AutoCloseable {
  static final String SECRET = "0123456789abcdef";

  private static final String JSON = "application/json";

  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server;
  private final String base;

  private ServedPage(WebServer server) {
    this.server = server;
    this.base = server.link().replaceFirst("\\?.*", "");
  }

  /** Serves a hierarchy to everybody; with the token also writes. */
  static ServedPage of(Path directory, Duration interval, Duration patience) throws Exception {
    ServeSettings settings =
        new ServeSettings(
            ListenAddress.parse("127.0.0.1:0"), true, Token.of(SECRET), false, true, "test");
    Watcher watcher = new Watcher(Hierarchy.at(directory), interval);
    return new ServedPage(WebServer.start(settings, watcher, List.of(), patience));
  }

  int port() {
    return URI.create(base).getPort();
  }

  /** Asks for a path. */
  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base).resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Sends JSON. */
  HttpResponse<String> post(String path, String json, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base).resolve(path))
            .header("Content-Type", JSON)
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Writes a text into a file of a group; the fields of the answer. */
  Map<String, Object> write(String group, String file, String text) throws Exception {
    return edit("write", Map.of("group", group, "file", file, "text", text));
  }

  /** Makes an edit with the token; the fields of the answer. */
  Map<String, Object> edit(String verb, Map<String, String> fields) throws Exception {
    String json = new String(Json.bytes(fields), StandardCharsets.UTF_8);
    HttpResponse<String> response =
        post("/api/" + verb, json, "Authorization", "Bearer " + SECRET);
    return Json.object(response.body().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends what no client would; the whole answer. */
  String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port());
  }

  static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Looks on. */
  Events events(String group) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base).resolve("/api/events?group=" + group)).build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    return new Events(response);
  }

  /** Server-sent events as they come. */
  static final class Events implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Events(HttpResponse<InputStream> response) {
      this.response = response;
      this.lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    int status() {
      return response.statusCode();
    }

    /** The data of the next event of that name that has a text in it. */
    String await(String name, String text) throws IOException {
      String event = "";
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        }
        if (line.startsWith("data: ") && event.equals(name) && line.contains(text)) {
          return line.substring("data: ".length());
        }
        line = lines.readLine();
      }
      throw new AssertionError("the stream ended before " + name + " with " + text);
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
