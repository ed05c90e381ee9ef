package io.github.vcgroupfs.testing;

import com.sun.net.httpserver.HttpServer;
import io.github.vcgroupfs.serve.WebServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A plain HTTP server on the loopback. The JDK reads the limits of its server once in a JVM, so
 * those that the page of {@code serve} sets come first: other tests in this JVM ask for them.
 */
public final class JdkServer {
  private JdkServer() {}

  /** On a free port, and not yet started. */
  public static HttpServer create() throws Exception {
    Class.forName(WebServer.class.getName()); // its initializer sets them
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }
}
