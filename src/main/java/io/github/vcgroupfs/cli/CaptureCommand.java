package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.daemon.Folders;
import io.github.vcgroupfs.fixture.Capture;
import io.github.vcgroupfs.fixture.FixtureException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs capture}: writes a hierarchy as YAML. */
@Command(
    name = "capture",
    description = "Writes a hierarchy, a kernel's or ours, to standard output as YAML.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CaptureCommand implements Callable<Integer> {
  @Option(names = "--scrub", description = "Call groups group-1, group-2 … and not by their names.")
  private boolean scrub;

  @Parameters(
      paramLabel = "DIR",
      description =
          "A cgroup v1 memory hierarchy, such as /sys/fs/cgroup/memory, or a group in it.")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  @Override
  public Integer call() throws IOException, FixtureException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(new Capture(Folders.users().resolve(directory), scrub).text());
    if (out.checkError()) {
      throw new FileSystemException("standard output", null, "cannot be written");
    }
    return ExitStatus.DONE;
  }
}
