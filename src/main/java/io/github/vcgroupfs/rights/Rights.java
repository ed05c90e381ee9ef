package io.github.vcgroupfs.rights;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * What callers may have the daemon do for them. The mount's owner and root may do everything;
 * everybody else is a <i>user</i>, whatever groups and files belong to him. Immutable.
 *
 * @param owner who mounted; the root directory is his, and the daemon runs as him
 * @param userTraffic whether users may write to the files that reach beyond their groups
 * @param forbidden where no connection is made for a user
 * @param runsAgents whether release agents are run, and not only written down
 * @param tasks what is known of callers beside their user ids
 */
public record Rights(
    Caller owner, boolean userTraffic, List<Subnet> forbidden, boolean runsAgents, Tasks tasks) {
  /** The option that lets users in. */
  public static final String ALLOW_OPTION = "--allow-user-traffic";

  /** The option that names addresses that no connection is made to for a user. */
  public static final String FORBID_OPTION = "--forbid-connect";

  /** Below it only a process with CAP_NET_BIND_SERVICE may listen: {@code inet_port_requires}. */
  private static final int FIRST_FREE_PORT = 1024;

  /** Any port that is free; the kernel takes it from above the privileged ones. */
  private static final int ANY_PORT = 0;

  /** Copies the list. */
  public Rights {
    forbidden = List.copyOf(forbidden);
  }

  /** The rights in a mount without options, where callers are known by their user ids. */
  public static Rights byDefault(Caller owner) {
    return new Rights(owner, false, Subnet.parseAll(Subnet.LINK_LOCAL), false, Tasks.BY_USER);
  }

  /** Whether this caller is the mount's owner or root. */
  public boolean isOwner(Caller caller) {
    return caller.uid() == 0 || caller.uid() == owner.uid();
  }

  /**
   * Whose rights decide about a write to a file of ours: both he who opened the file and he who
   * writes must have them. So nobody can make a privileged program write to a file that they opened
   * themselves, and a descriptor that root has left open is of no use to a user. The kernel asks
   * both in the same way where it matters: {@code kernel/user_namespace.c map_write}, {@code
   * kernel/cgroup/cgroup-v1.c cgroup_release_agent_write}.
   *
   * @return he of the two who may do less, with the thread of the writer
   */
  public Caller weaker(Caller opener, Caller writer) {
    return isOwner(opener) ? writer : new Caller(opener.uid(), opener.gid(), writer.tid());
  }

  /** Whether what this caller asks for may reach others and what is theirs. */
  public boolean reachesOthers(Caller caller) {
    return userTraffic || isOwner(caller);
  }

  /**
   * Refuses what only the mount's owner and root may do, unless users may, too.
   *
   * @param what the file, or the part of it, that reaches beyond the group of the caller
   * @throws ErrnoException EPERM for a user who may not
   */
  public void requireUserTraffic(Caller caller, String what) throws ErrnoException {
    if (!reachesOthers(caller)) {
      throw forbidden(
          ("%s is for %s and root, not for uid %s, whoever owns the group: mount with %s to "
                  + "let users")
              .formatted(what, mounter(), text(caller), ALLOW_OPTION));
    }
  }

  /**
   * Refuses an address that this caller may not have the daemon listen on.
   *
   * @param address resolved; port 0 is any free one
   * @throws ErrnoException EPERM for a user, if it is not loopback or the port is below 1024
   */
  public void requireListen(Caller caller, InetSocketAddress address) throws ErrnoException {
    if (isOwner(caller)) {
      return;
    }
    requireNetwork(caller);
    if (!address.getAddress().isLoopbackAddress()) {
      throw forbidden(
          ("listen=%s is no loopback address, and a user, uid %s, may listen on loopback "
                  + "only: write 127.0.0.1 or [::1]; %s and root may listen on all")
              .formatted(shown(address), text(caller), mounter()));
    }
    if (address.getPort() < FIRST_FREE_PORT && address.getPort() != ANY_PORT) {
      throw forbidden(
          ("listen=%s has a port below %d, and a user, uid %s, may not listen there: take a "
                  + "port from %d up, or 0 for any")
              .formatted(shown(address), FIRST_FREE_PORT, text(caller), FIRST_FREE_PORT));
    }
  }

  /**
   * What is wrong with an address that the daemon is to connect to for this caller. It may be asked
   * when the caller is long gone, because a name can be looked up late.
   *
   * @param address resolved
   * @return EPERM for a user, if an option forbids the address; empty if he may
   */
  public Optional<ErrnoException> refusalToConnect(Caller caller, InetSocketAddress address) {
    InetAddress host = reached(address.getAddress());
    return isOwner(caller)
        ? Optional.empty()
        : forbidden.stream()
            .filter(each -> each.contains(host))
            .findFirst()
            .map(
                range ->
                    forbidden(
                        ("connect=%s is in %s, where nothing is connected to for a user, uid "
                                + "%s: take another address, or mount with another %s")
                            .formatted(shown(address), range, text(caller), FORBID_OPTION)));
  }

  /**
   * Refuses a write to {@code release_agent}.
   *
   * @param kernelAllows whether the imitated kernel lets whoever opened the file write it
   * @throws ErrnoException EPERM for a user whose program the daemon would run with rights that he
   *     does not have, and where the imitated kernel refuses
   */
  public void requireReleaseAgent(Caller caller, boolean kernelAllows) throws ErrnoException {
    if (runsAgents && !isOwner(caller)) {
      throw forbidden(
          ("release_agent names a program that is run as %s: only %s and root may write it, "
                  + "not uid %s; with --release-agent record no program is run")
              .formatted(mounter(), mounter(), text(caller)));
    }
    boolean mounter = caller.uid() != 0 && caller.uid() == owner.uid();
    if (!kernelAllows && !mounter) {
      throw forbidden(
          ("this kernel lets only a process write release_agent that had CAP_SYS_ADMIN in the "
                  + "mount's user namespace when it opened it, and uid %s is not seen to have had it: "
                  + "open it as root, or take a profile before linux-5.10")
              .formatted(text(caller)));
    }
  }

  /**
   * Refuses what the kernel asks CAP_SYS_ADMIN for. Whoever mounted may do it without, for the
   * groups are his own.
   *
   * @throws ErrnoException EPERM for everybody else who does not have it
   */
  public void requireAdmin(Caller caller) throws ErrnoException {
    boolean mounter = caller.uid() != 0 && caller.uid() == owner.uid();
    if (!mounter && !tasks.isAdmin(caller)) {
      throw forbidden(
          ("this takes CAP_SYS_ADMIN in the mount's user namespace, and uid %s, thread %d, is not "
                  + "seen to have it: write as root or as %s")
              .formatted(text(caller), caller.tid(), mounter()));
    }
  }

  private void requireNetwork(Caller caller) throws ErrnoException {
    if (!tasks.sharesNetwork(caller)) {
      throw forbidden(
          ("relays are in the daemon's network namespace, and thread %d of uid %s is not seen "
                  + "to be in it: write from a process there")
              .formatted(caller.tid(), text(caller)));
    }
  }

  /** Where a connection to it ends: {@code ip_route_connect} takes 0.0.0.0 for loopback. */
  private static InetAddress reached(InetAddress address) {
    if (!address.isAnyLocalAddress()) {
      return address;
    }
    return address instanceof Inet6Address ? loopback("::1") : loopback("127.0.0.1");
  }

  private static InetAddress loopback(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(literal + " is an address", e);
    }
  }

  private static ErrnoException forbidden(String why) {
    return new ErrnoException(Errno.EPERM, why);
  }

  private String mounter() {
    return owner.uid() == 0 ? "the mount's owner" : "uid " + text(owner) + ", who mounted,";
  }

  private static String shown(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  private static String text(Caller who) {
    return Integer.toUnsignedString(who.uid());
  }
}
