package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.daemon.Accounting;
import io.github.vcgroupfs.daemon.AgentMode;
import io.github.vcgroupfs.daemon.LogLevel;
import io.github.vcgroupfs.daemon.MembershipMode;
import io.github.vcgroupfs.hostview.HostView;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few words. */
final class Choices {
  private Choices() {}

  /** {@code --size}. */
  static final class Sizes implements ITypeConverter<SizeMode> {
    @Override
    public SizeMode convert(String word) {
      return choose(SizeMode.values(), word);
    }
  }

  /** {@code --accounting}. */
  static final class Accountings implements ITypeConverter<Accounting> {
    @Override
    public Accounting convert(String word) {
      return choose(Accounting.values(), word);
    }
  }

  /** {@code --release-agent}. */
  static final class AgentModes implements ITypeConverter<AgentMode> {
    @Override
    public AgentMode convert(String word) {
      return choose(AgentMode.values(), word);
    }
  }

  /** {@code --membership}. */
  static final class MembershipModes implements ITypeConverter<MembershipMode> {
    @Override
    public MembershipMode convert(String word) {
      return choose(MembershipMode.values(), word);
    }
  }

  /** {@code --log-level}. */
  static final class Levels implements ITypeConverter<LogLevel> {
    @Override
    public LogLevel convert(String word) {
      return choose(LogLevel.values(), word);
    }
  }

  /** {@code --way}. */
  static final class Ways implements ITypeConverter<HostView.Way> {
    @Override
    public HostView.Way convert(String word) {
      return choose(HostView.Way.values(), word);
    }
  }

  /** {@code --profile}. */
  static final class ProfileIds implements ITypeConverter<KernelProfile> {
    @Override
    public KernelProfile convert(String id) {
      return Profiles.byId(id).orElseThrow(() -> new TypeConversionException(unknown(id)));
    }

    /** Why an id is no profile's. */
    static String unknown(String id) {
      return "unknown profile %s; there are: %s"
          .formatted(
              id, Profiles.all().stream().map(KernelProfile::id).collect(Collectors.joining(", ")));
    }
  }

  private static <E extends Enum<E>> E choose(E[] all, String word) {
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

  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
