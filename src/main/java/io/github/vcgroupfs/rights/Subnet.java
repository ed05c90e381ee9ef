package io.github.vcgroupfs.rights;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A range of IP addresses, as {@code 10.0.0.0/8}, {@code fe80::/10} or one address. Immutable.
 *
 * @param text as it was written
 * @param address the first bits of the range, in network order, 4 or 16 bytes
 * @param prefixBits how many bits are the same in all of it
 */
public record Subnet(String text, List<Byte> address, int prefixBits) {
  /**
   * What a user may not have the daemon connect to without an option: the addresses of the own
   * link. On machines in a cloud the service behind 169.254.169.254 gives away their keys, and
   * firewalls let only root's sockets through to it.
   */
  public static final String LINK_LOCAL = "169.254.0.0/16,fe80::/10";

  /**
   * The same, as it is read. Every start needs it: the JDK's addresses and patterns would take 2
   * ms.
   */
  private static final List<Subnet> LINK_LOCAL_RANGES =
      List.of(
          new Subnet("169.254.0.0/16", boxed(new byte[] {(byte) 169, (byte) 254, 0, 0}), 16),
          new Subnet("fe80::/10", boxed(ipv6(0xfe, 0x80)), 10));

  /** Stands for no range. */
  public static final String NONE = "none";

  /**
   * Reads one range.
   *
   * @throws IllegalArgumentException with a sentence, if it is none
   */
  public static Subnet parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    // no name: a name server would be asked for it
    if (!host.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw invalid(text);
    }
    try {
      byte[] bytes = InetAddress.getByName(host).getAddress();
      int most = bytes.length * Byte.SIZE;
      String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
      if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > most) {
        throw invalid(text);
      }
      return new Subnet(text, boxed(bytes), Integer.parseInt(length));
    } catch (UnknownHostException e) {
      throw invalid(text);
    }
  }

  /** Reads ranges between commas; {@code none} and an empty text stand for no range. */
  public static List<Subnet> parseAll(String text) {
    if (text.equals(LINK_LOCAL)) {
      return LINK_LOCAL_RANGES;
    }
    return text.isEmpty() || text.equals(NONE)
        ? List.of()
        : Arrays.stream(text.split(",", -1)).map(Subnet::parse).toList();
  }

  /** Whether the address is in the range. */
  public boolean contains(InetAddress other) {
    byte[] bytes = other.getAddress();
    if (bytes.length != address.size()) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int shift = Byte.SIZE - 1 - bit % Byte.SIZE;
      if (((bytes[bit / Byte.SIZE] ^ address.get(bit / Byte.SIZE)) >>> shift & 1) == 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> all = new ArrayList<>();
    for (byte each : bytes) {
      all.add(each);
    }
    return List.copyOf(all);
  }

  private static byte[] ipv6(int first, int second) {
    byte[] bytes = new byte[16];
    bytes[0] = (byte) first;
    bytes[1] = (byte) second;
    return bytes;
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        ("\"%s\" is no range of addresses: write such as 10.0.0.0/8, fe80::/10 or 192.0.2.1, "
                + "with commas between them, or none")
            .formatted(text));
  }
}
