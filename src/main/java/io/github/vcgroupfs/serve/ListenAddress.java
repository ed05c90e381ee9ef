package io.github.vcgroupfs.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server listens. Immutable.
 *
 * @param host as it was written, an address of version 6 in brackets
 * @param address what that is
 * @param port 0: any that is free
 */
public record ListenAddress(String host, InetAddress address, int port) {
  private static final Pattern FORM =
      Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[A-Za-z0-9._-]+):([0-9]{1,5})");

  private static final int MOST = 65_535;

  /** What {@code HOST:PORT} means. */
  public static ListenAddress parse(String text) throws ServeException {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > MOST) {
      throw new ServeException(
          "\"%s\" is no HOST:PORT: write it as 127.0.0.1:8180, [::1]:8180 or localhost:0"
              .formatted(text));
    }
    String host = parts.group(1);
    try {
      return new ListenAddress(host, InetAddress.getByName(host), Integer.parseInt(parts.group(2)));
    } catch (UnknownHostException unknown) {
      throw new ServeException(
          "no address is known for %s: write one, such as 127.0.0.1".formatted(host));
    }
  }

  /** Whether only this machine reaches it. */
  public boolean isLoopback() {
    return address.isLoopbackAddress();
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
