package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.mount.DaemonFinder;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.Preflight;
import io.github.vcgroupfs.mount.Preflight.Finding;
import io.github.vcgroupfs.os.Identity;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code vcgroupfs doctor}: checks everything that a mount needs, and prints for each what to do if
 * it is missing.
 */
@Command(
    name = "doctor",
    description = "Checks everything a mount needs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  private final DaemonFinder daemons;

  /**
   * The command.
   *
   * @param daemons finds who serves a mount
   */
  DoctorCommand(DaemonFinder daemons) {
    this.daemons = daemons;
  }

  @Override
  public Integer call() throws MountException {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Finding(
            "Java",
            true,
            "%s in %s".formatted(Runtime.version(), System.getProperty("java.home")),
            ""));
    findings.addAll(Preflight.examine(Identity.self(), new FuseLibrary().finding(), daemons));
    PrintWriter out = spec.commandLine().getOut();
    boolean complete = true;
    for (Finding each : findings) {
      complete &= each.present();
      out.printf(
          "%-7s  %-16s  %s%s%n",
          each.present() ? "ok" : "missing",
          each.name(),
          each.detail(),
          each.mend().isEmpty() ? "" : ". To mend it: " + each.mend());
    }
    out.flush();
    return complete ? ExitStatus.DONE : ExitStatus.PREREQUISITE;
  }
}
