package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.fixture.Fixture;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fixture.Presets;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs presets}: what {@code mount --preset} can show. */
@Command(
    name = "presets",
    description = "Lists the incidents that mount --preset brings: name, profile, what happens.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class PresetsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  @Override
  public Integer call() throws FixtureException {
    PrintWriter out = spec.commandLine().getOut();
    for (String name : Presets.names()) {
      Fixture preset = Presets.read(name);
      out.printf("%-20s %-11s %s%n", name, preset.profile().orElse("any"), preset.about());
    }
    return ExitStatus.DONE;
  }
}
