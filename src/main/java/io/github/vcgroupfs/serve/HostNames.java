package io.github.vcgroupfs.serve;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which names this server goes by, so that a page of somebody else, whose name suddenly leads here
 * (DNS rebinding), is not answered. Such a page always comes with a name. So an address in its
 * place is harmless, and the port does not matter: behind {@code ssh -L} it is another one.
 * Immutable.
 */
final class HostNames {
  /** A name or an address, and perhaps a port. */
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-f:.]+\\]|[a-z0-9._-]+)(?::[0-9]{1,5})?");

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\]");

  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+\\]");

  private final String own;
  private final boolean beyondLoopback;

  /**
   * The names of a server.
   *
   * @param own the name or address that it was told to listen on
   * @param beyondLoopback whether other machines reach it
   */
  HostNames(String own, boolean beyondLoopback) {
    this.own = own.toLowerCase(Locale.ROOT);
    this.beyondLoopback = beyondLoopback;
  }

  /** Whether a {@code Host} header means this server. */
  boolean areIn(String header) {
    Matcher parts = HOST.matcher(header.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return false;
    }
    String name = parts.group(1);
    return LOOPBACK.matcher(name).matches()
        || name.equals(own)
        || (beyondLoopback && ADDRESS.matcher(name).matches());
  }

  @Override
  public String toString() {
    return beyondLoopback ? own + ", localhost and addresses" : "localhost, 127.0.0.1 and [::1]";
  }
}
