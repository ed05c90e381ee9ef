package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import jnr.ffi.NativeType;
import jnr.ffi.Platform;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import jnr.ffi.Type;
import jnr.ffi.TypeAlias;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseContext;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.Statvfs;

/** The types of C are as long as jnr-ffi's own runtime has them. */
class FieldTypesTest {
  private static final Set<Platform.CPU> WITHOUT =
      EnumSet.of(Platform.CPU.PPC, Platform.CPU.SPARC, Platform.CPU.MIPS32, Platform.CPU.UNKNOWN);

  private final Runtime theirs = Runtime.getSystemRuntime();
  private final FieldTypes ours = new FieldTypes();

  @ParameterizedTest
  @EnumSource(value = NativeType.class, mode = EnumSource.Mode.EXCLUDE, names = "STRUCT")
  void aTypeIsAsLong(NativeType type) {
    assertSame(ours.findType(type), theirs.findType(type));
  }

  @ParameterizedTest
  @EnumSource(TypeAlias.class)
  void aNamedTypeIsAsLong(TypeAlias alias) {
    Map<TypeAlias, NativeType> known = FieldTypes.aliases(Platform.getNativePlatform().getCPU());
    if (known.containsKey(alias)) {
      assertSame(ours.findType(alias), theirs.findType(alias));
    } else {
      assertThatThrownBy(() -> ours.findType(alias)).hasMessageContaining(alias.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Platform.CPU.class)
  void everyMachineThatJffiServesHasItsTypes(Platform.CPU cpu) {
    if (WITHOUT.contains(cpu)) {
      assertThatThrownBy(() -> FieldTypes.aliases(cpu)).hasMessageContaining(cpu.toString());
    } else {
      assertThat(FieldTypes.aliases(cpu)).containsKeys(TypeAlias.dev_t, TypeAlias.nlink_t);
    }
  }

  @Test
  void theMachineIsTheSame() {
    assertThat(ours.addressSize()).isEqualTo(theirs.addressSize());
    assertThat(ours.longSize()).isEqualTo(theirs.longSize());
    assertThat(ours.addressMask()).isEqualTo(theirs.addressMask());
    assertThat(ours.byteOrder()).isEqualTo(theirs.byteOrder());
  }

  @Test
  void structuresAreAsLong() {
    assertLength(FileStat::new);
    assertLength(Statvfs::new);
    assertLength(FuseContext::new);
    assertLength(runtime -> new FuseFileInfo(runtime) {});
  }

  private void assertLength(Function<Runtime, Struct> structure) {
    assertThat(Struct.size(structure.apply(ours))).isEqualTo(Struct.size(structure.apply(theirs)));
  }

  private static void assertSame(Type ours, Type theirs) {
    assertThat(ours.size()).isEqualTo(theirs.size());
    assertThat(ours.alignment()).isEqualTo(theirs.alignment());
    assertThat(ours.getNativeType()).isEqualTo(theirs.getNativeType());
  }
}
