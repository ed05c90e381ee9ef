package io.github.vcgroupfs.fuse;

import com.kenai.jffi.Type;
import java.nio.ByteOrder;
import java.util.Map;
import jnr.ffi.NativeType;
import jnr.ffi.ObjectReferenceManager;
import jnr.ffi.Platform;
import jnr.ffi.Runtime;
import jnr.ffi.TypeAlias;
import jnr.ffi.provider.ClosureManager;
import jnr.ffi.provider.MemoryManager;

/**
 * How long the types of C are on this machine, which is all that {@link Layout} asks of jnr-ffi.
 * jnr-ffi's own runtime knows the same, and memory, closures and classes made at run time besides;
 * none of that is in the flat jar (decision 5). {@code FieldTypesTest} compares the two. Immutable.
 */
final class FieldTypes extends Runtime {
  private final Map<TypeAlias, NativeType> aliases = aliases(Platform.getNativePlatform().getCPU());

  /** What {@code dev_t} and its like are, by jnr-ffi's tables: one for each machine. */
  static Map<TypeAlias, NativeType> aliases(Platform.CPU cpu) {
    return switch (cpu) {
      case X86_64 -> jnr.ffi.provider.jffi.platform.x86_64.linux.TypeAliases.ALIASES;
      case AARCH64 -> jnr.ffi.provider.jffi.platform.aarch64.linux.TypeAliases.ALIASES;
      case I386 -> jnr.ffi.provider.jffi.platform.i386.linux.TypeAliases.ALIASES;
      case ARM -> jnr.ffi.provider.jffi.platform.arm.linux.TypeAliases.ALIASES;
      case RISCV64 -> jnr.ffi.provider.jffi.platform.riscv64.linux.TypeAliases.ALIASES;
      case LOONGARCH64 -> jnr.ffi.provider.jffi.platform.loongarch64.linux.TypeAliases.ALIASES;
      case PPC64 -> jnr.ffi.provider.jffi.platform.ppc64.linux.TypeAliases.ALIASES;
      case PPC64LE -> jnr.ffi.provider.jffi.platform.ppc64le.linux.TypeAliases.ALIASES;
      case S390X -> jnr.ffi.provider.jffi.platform.s390x.linux.TypeAliases.ALIASES;
      case MIPS64EL -> jnr.ffi.provider.jffi.platform.mips64el.linux.TypeAliases.ALIASES;
      case SPARCV9 -> jnr.ffi.provider.jffi.platform.sparcv9.linux.TypeAliases.ALIASES;
      default ->
          throw new UnsatisfiedLinkError(
              "the FUSE binding has no types of "
                  + cpu
                  + "; it knows x86_64 and aarch64, among others");
    };
  }

  @Override
  public jnr.ffi.Type findType(NativeType type) {
    return switch (type) {
      case VOID -> new OfC(Type.VOID, type);
      case SCHAR -> new OfC(Type.SCHAR, type);
      case UCHAR -> new OfC(Type.UCHAR, type);
      case SSHORT -> new OfC(Type.SSHORT, type);
      case USHORT -> new OfC(Type.USHORT, type);
      case SINT -> new OfC(Type.SINT, type);
      case UINT -> new OfC(Type.UINT, type);
      case SLONG -> new OfC(Type.SLONG, type);
      case ULONG -> new OfC(Type.ULONG, type);
      case SLONGLONG -> new OfC(Type.SLONG_LONG, type);
      case ULONGLONG -> new OfC(Type.ULONG_LONG, type);
      case FLOAT -> new OfC(Type.FLOAT, type);
      case DOUBLE -> new OfC(Type.DOUBLE, type);
      case ADDRESS -> new OfC(Type.POINTER, type);
      case STRUCT -> throw new IllegalArgumentException("a structure has no length of its own");
    };
  }

  @Override
  public jnr.ffi.Type findType(TypeAlias alias) {
    NativeType type = aliases.get(alias);
    if (type == null) {
      throw new IllegalArgumentException(alias + " is no type of this machine");
    }
    return findType(type);
  }

  @Override
  public int addressSize() {
    return Type.POINTER.size();
  }

  @Override
  public int longSize() {
    return Type.SLONG.size();
  }

  @Override
  public long addressMask() {
    return addressSize() == Integer.BYTES ? 0xffffffffL : -1;
  }

  @Override
  public ByteOrder byteOrder() {
    return ByteOrder.nativeOrder();
  }

  @Override
  public boolean isCompatible(Runtime other) {
    return other instanceof FieldTypes;
  }

  @Override
  public MemoryManager getMemoryManager() {
    throw none();
  }

  @Override
  public ClosureManager getClosureManager() {
    throw none();
  }

  @Override
  public <T> ObjectReferenceManager<T> newObjectReferenceManager() {
    throw none();
  }

  @Override
  public int getLastError() {
    throw none();
  }

  @Override
  public void setLastError(int error) {
    throw none();
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("structures are only measured, never filled");
  }

  private static final class OfC extends jnr.ffi.Type {
    private final Type measure;
    private final NativeType type;

    OfC(Type measure, NativeType type) {
      this.measure = measure;
      this.type = type;
    }

    @Override
    public int size() {
      return measure.size();
    }

    @Override
    public int alignment() {
      return measure.alignment();
    }

    @Override
    public NativeType getNativeType() {
      return type;
    }
  }
}
