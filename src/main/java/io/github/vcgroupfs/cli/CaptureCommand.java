package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.controllers.HierarchyList;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.daemon.Folders;
import io.github.vcgroupfs.fixture.Capture;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.progress.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs capture}: writes hierarchies as YAML. */
@Command(
    name = "capture",
    description = "Writes hierarchies, a kernel's or ours, to standard output as YAML.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CaptureCommand implements Callable<Integer> {
  @Option(names = "--scrub", description = "Call groups group-1, group-2 … and not by their names.")
  private boolean scrub;

  @Option(
      names = "--controllers",
      paramLabel = "LIST",
      completionCandidates = Candidates.Hierarchies.class,
      description = {
        "The hierarchies to write, as mount names them. Default: all that DIR has.",
        "Where DIR does not show which hierarchy it is, LIST says it.",
      })
  private @Nullable String controllers;

  @Parameters(
      paramLabel = "DIR",
      description = {
        "A cgroup v1 hierarchy, such as /sys/fs/cgroup/memory, or a group in it;",
        "or a directory with hierarchies in it, such as /sys/fs/cgroup.",
      })
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  @Override
  public Integer call() throws IOException, FixtureException {
    PrintWriter out = spec.commandLine().getOut();
    Capture capture = new Capture(Folders.users().resolve(directory), wanted(), scrub);
    String text;
    Progress progress = Progress.show("capture", () -> capture.groupsRead() + " groups read");
    try {
      text = capture.text();
    } finally {
      progress.close();
    }
    out.print(text);
    if (out.checkError()) {
      throw new FileSystemException("standard output", null, "cannot be written");
    }
    return ExitStatus.DONE;
  }

  private List<HierarchySpec> wanted() {
    if (controllers == null || controllers.equals(HierarchyList.ALL)) {
      return List.of();
    }
    try {
      return HierarchyList.parse(controllers);
    } catch (HierarchyList.BadListException bad) {
      throw new ParameterException(
          spec.commandLine(), "--controllers %s: %s".formatted(controllers, bad.getMessage()));
    }
  }
}
