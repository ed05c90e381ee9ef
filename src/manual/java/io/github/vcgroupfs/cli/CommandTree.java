package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fixture.Presets;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** The door through which the man pages and completions see all commands of the program. */
public final class CommandTree {
  private CommandTree() {}

  /** The program, with all its commands, as it reads a command line. */
  public static CommandLine whole() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return Main.commandLine(new FuseLibrary(), new PlainLine.Voice(nowhere, nowhere));
  }

  /** The words that an option can have; empty if they cannot be listed. */
  public static List<String> words(ArgSpec argument) {
    if (argument.typeInfo().isEnum()) {
      return Arrays.stream(argument.typeInfo().getType().getEnumConstants())
          .map(each -> Choices.word((Enum<?>) each))
          .toList();
    }
    List<String> words = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(words::add);
    }
    return words;
  }

  /** What a word means, where the program knows that; else empty. */
  public static String about(ArgSpec argument, String word) {
    if (argument.completionCandidates() instanceof Candidates.ProfileIds) {
      return Profiles.byId(word).map(KernelProfile::label).orElse("");
    }
    if (argument.completionCandidates() instanceof Candidates.PresetNames) {
      try {
        return Presets.read(word).about();
      } catch (FixtureException broken) {
        throw new IllegalStateException(broken);
      }
    }
    return "";
  }
}
