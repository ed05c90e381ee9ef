package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code vcgroupfs profiles}: lists the kernels that a mount can imitate, and shows how two of them
 * differ.
 */
@Command(
    name = "profiles",
    description = "Lists the kernel profiles.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ProfilesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  @Option(
      names = "--diff",
      arity = "2",
      paramLabel = "ID",
      completionCandidates = Candidates.ProfileIds.class,
      description = "Show how two profiles differ: files, modes, fresh contents, features, rules.")
  private List<String> diff = new ArrayList<>();

  @Override
  public Integer call() throws ErrnoException {
    PrintWriter out = spec.commandLine().getOut();
    if (diff.isEmpty()) {
      list(out);
    } else {
      ProfileDiff.lines(profile(diff.get(0)), profile(diff.get(1))).forEach(out::println);
    }
    out.flush();
    return ExitStatus.DONE;
  }

  private static void list(PrintWriter out) {
    int width = 0;
    for (KernelProfile profile : Profiles.all()) {
      width = Math.max(width, profile.id().length());
    }
    for (KernelProfile profile : Profiles.all()) {
      out.printf("%-" + width + "s  %s%n", profile.id(), profile.label());
    }
  }

  private KernelProfile profile(String id) {
    return Profiles.byId(id)
        .orElseThrow(() -> new ParameterException(spec.commandLine(), Choices.unknownProfile(id)));
  }
}
