package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.daemon.Accounting;
import io.github.vcgroupfs.daemon.AgentMode;
import io.github.vcgroupfs.daemon.FreezerMode;
import io.github.vcgroupfs.daemon.LogLevel;
import io.github.vcgroupfs.daemon.MembershipMode;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few words: those of an enum in lower case, or the id of a profile. */
final class Choices {
  private static final List<Class<? extends Enum<?>>> ENUMS =
      List.of(
          SizeMode.class,
          Accounting.class,
          AgentMode.class,
          MembershipMode.class,
          FreezerMode.class,
          LogLevel.class,
          RunWay.class);

  private Choices() {}

  /** Has a command and the subcommands that it has by now take words. */
  static void teach(CommandLine line) {
    ENUMS.forEach(type -> teach(line, type));
    line.registerConverter(KernelProfile.class, Choices::profile);
  }

  private static <E extends Enum<?>> void teach(CommandLine line, Class<E> type) {
    line.registerConverter(type, word -> choose(type.getEnumConstants(), word));
  }

  /** The profile with that id. */
  static KernelProfile profile(String id) {
    return Profiles.byId(id).orElseThrow(() -> new TypeConversionException(unknownProfile(id)));
  }

  /** Why an id is no profile's. */
  static String unknownProfile(String id) {
    return "unknown profile %s; there are: %s"
        .formatted(
            id, Profiles.all().stream().map(KernelProfile::id).collect(Collectors.joining(", ")));
  }

  private static <E extends Enum<?>> E choose(E[] all, String word) {
    for (E each : all) {
      if (word(each).equals(word)) {
        return each;
      }
    }
    throw new TypeConversionException(
        Arrays.stream(all).map(Choices::word).collect(Collectors.joining(" or "))
            + ", not "
            + word);
  }

  /** How a choice is written. */
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
