package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.Reasons;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks what a mount needs before it is tried, because libfuse only says that it failed. Each
 * check gives a {@link Finding} that says what to do. Has no state.
 */
public final class Preflight {
  private static final Path DEVICE = Path.of("/dev/fuse");
  private static final Path CONFIGURATION = Path.of("/etc/fuse.conf");

  private static final String LIBFUSE = "libfuse 2";
  private static final String GET_DEVICE =
      "modprobe fuse as root; for a container: --device /dev/fuse --cap-add SYS_ADMIN";

  /** MISC_MAJOR and FUSE_MINOR, as st_rdev has them. */
  private static final Long DEVICE_NUMBER = 10L << 8 | 229;

  private Preflight() {}

  /**
   * The result of one check.
   *
   * @param name what was checked
   * @param present whether it is there
   * @param detail what exactly is there, or what is wrong
   * @param mend what to do about it; empty if it is there
   */
  public record Finding(String name, boolean present, String detail, String mend) {
    static Finding present(String name, String detail) {
      return new Finding(name, true, detail, "");
    }

    static Finding missing(String name, String detail, String mend) {
      return new Finding(name, false, detail, mend);
    }

    /** The finding as a sentence for a message. */
    public String sentence() {
      return "%s is missing: %s. To mend it: %s".formatted(name, detail, mend);
    }
  }

  /**
   * Checks what a mount by this process needs. libfuse is not checked here; whoever loads it
   * reports that.
   *
   * @throws MountException for the first thing that is missing
   */
  public static void require(Identity identity, boolean allowOther) throws MountException {
    requirePresent(device());
    if (!identity.mayMount()) {
      requirePresent(identity.isRoot() ? capability() : fusermount());
    }
    if (allowOther && !identity.isRoot()) {
      requirePresent(userAllowOther());
    }
  }

  /**
   * Checks everything, to show it to people. What this user does not need counts as present.
   *
   * @param libfuse whether libfuse loads, which is checked elsewhere
   * @param daemons names the daemon of a mount that does not answer
   */
  public static List<Finding> examine(Identity identity, Finding libfuse, DaemonFinder daemons)
      throws MountException {
    List<Finding> findings = new ArrayList<>();
    findings.add(libfuse);
    findings.add(device());
    findings.add(identity.mayMount() ? notNeeded("fusermount") : fusermount());
    if (identity.isRoot() && !identity.mayMount()) {
      findings.add(capability());
    }
    Finding allowOther = identity.isRoot() ? notNeeded("user_allow_other") : userAllowOther();
    findings.add(
        allowOther.present()
            ? allowOther
            : Finding.present(
                allowOther.name(),
                "%s: mounts work, but not --allow-other and --strict; for them: %s"
                    .formatted(allowOther.detail(), allowOther.mend())));
    findings.addAll(badMounts(daemons));
    return findings;
  }

  private static List<Finding> badMounts(DaemonFinder daemons) throws MountException {
    List<Finding> findings = new ArrayList<>();
    for (MountEntry entry : MountTable.read().entries()) {
      MountPoint place = MountPoint.of(entry);
      if (entry.isOurs()) {
        switch (Liveness.of(place)) {
          case ALIVE -> {}
          case DEAD ->
              findings.add(
                  Finding.missing(
                      "daemon",
                      "%s is a dead mount".formatted(place),
                      "vcgroupfs umount " + place));
          case SILENT -> findings.add(silent(place, ServingDaemon.of(daemons, place)));
        }
      }
    }
    if (findings.isEmpty()) {
      findings.add(Finding.present("dead mounts", "none"));
    }
    return findings;
  }

  private static Finding silent(MountPoint place, Optional<ServingDaemon> daemon) {
    String detach = "vcgroupfs umount --force " + place;
    if (daemon.isEmpty()) {
      return Finding.missing("daemon", place + " does not answer", detach);
    }
    long pid = daemon.get().pid();
    return daemon.get().stopped()
        ? Finding.missing(
            "daemon",
            "%s does not answer (daemon: pid %d, which is stopped)".formatted(place, pid),
            "kill -CONT %d, or to detach it: %s".formatted(pid, detach))
        : Finding.missing(
            "daemon", "%s does not answer (daemon: pid %d)".formatted(place, pid), detach);
  }

  private static Finding notNeeded(String name) {
    return Finding.present(name, "not needed: this user may mount");
  }

  /** The finding for a libfuse that loads. */
  public static Finding libfuse() {
    return Finding.present(LIBFUSE, "libfuse.so.2 loads");
  }

  /** The finding for a libfuse that cannot be loaded. */
  public static Finding noLibfuse(String detail) {
    return Finding.missing(
        LIBFUSE,
        detail,
        "apt-get install libfuse2 (Debian 13, Ubuntu 24.04 and later: libfuse2t64)");
  }

  /** Checks the device that FUSE requests come from. */
  public static Finding device() {
    String name = DEVICE.toString();
    if (!Files.exists(DEVICE)) {
      return Finding.missing(name, "it does not exist", GET_DEVICE);
    }
    try (FileChannel device =
        FileChannel.open(DEVICE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return device.isOpen() && Files.getAttribute(DEVICE, "unix:rdev").equals(DEVICE_NUMBER)
          ? Finding.present(name, "it opens")
          : Finding.missing(name, "what is there is not the device of FUSE", GET_DEVICE);
    } catch (AccessDeniedException e) {
      return Finding.missing(name, "this user may not open it", "chmod 0666 /dev/fuse as root");
    } catch (IOException e) {
      return Finding.missing(name, "it does not open: " + Reasons.of(e), GET_DEVICE);
    }
  }

  /**
   * Checks the helper program that mounts for users other than root. libfuse 2 looks for it by this
   * name.
   */
  public static Finding fusermount() {
    String mend = "apt-get install fuse3 (older releases: fuse)";
    Optional<Path> program = Programs.find("fusermount");
    return program
        .map(file -> Finding.present("fusermount", file.toString()))
        .orElseGet(() -> Finding.missing("fusermount", "it is not installed", mend));
  }

  /** Checks whether users may allow other users to use their mounts. */
  public static Finding userAllowOther() {
    String name = "user_allow_other";
    String mend = "echo user_allow_other >> /etc/fuse.conf as root";
    try {
      boolean set =
          Files.readAllLines(CONFIGURATION).stream().anyMatch(line -> line.strip().equals(name));
      return set
          ? Finding.present(name, "set in " + CONFIGURATION)
          : Finding.missing(name, "not set in " + CONFIGURATION, mend);
    } catch (IOException e) {
      return Finding.missing(name, CONFIGURATION + " cannot be read", mend);
    }
  }

  private static Finding capability() {
    return Finding.missing(
        "CAP_SYS_ADMIN",
        "root here may not mount",
        "start the container with --device /dev/fuse --cap-add SYS_ADMIN");
  }

  private static void requirePresent(Finding finding) throws MountException {
    if (!finding.present()) {
      throw MountException.missing(finding.sentence());
    }
  }
}
