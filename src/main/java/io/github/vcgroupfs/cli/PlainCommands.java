package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.daemon.Daemons;
import io.github.vcgroupfs.fuse.FuseLibrary;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** The commands that can be run without picocli, if their line is a {@link PlainLine}. */
final class PlainCommands {
  private PlainCommands() {}

  /**
   * Runs a command.
   *
   * @param end what ends the process when a command of {@code run} has ended
   * @return its status; empty if it is to be read by picocli, and nothing was done
   */
  static OptionalInt run(
      String[] args, FuseLibrary library, Daemons daemons, PlainLine.Voice voice, IntConsumer end) {
    if (args.length == 0) {
      return OptionalInt.empty();
    }
    List<String> words = List.of(args).subList(1, args.length);
    switch (args[0]) {
      case MountCommand.NAME -> {
        MountCommand mount = new MountCommand(library, daemons, voice);
        return PlainLine.read(mount, words) ? call(mount::call, mount, args) : OptionalInt.empty();
      }
      case RunCommand.NAME -> {
        RunCommand run = new RunCommand(library, daemons, voice, end);
        return PlainLine.read(run, words) ? call(run::call, run, args) : OptionalInt.empty();
      }
      default -> {
        return OptionalInt.empty();
      }
    }
  }

  private interface Body {
    int call() throws Exception;
  }

  private static OptionalInt call(Body body, PlainLine.Command command, String[] args) {
    try {
      return OptionalInt.of(body.call());
    } catch (Exception failure) {
      return OptionalInt.of(Failures.told(failure, command.line(), args));
    }
  }
}
