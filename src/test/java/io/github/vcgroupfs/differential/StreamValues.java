package io.github.vcgroupfs.differential;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Makes buffers, bytes, numbers and channels, for methods that read or write. */
final class StreamValues {
  private static final long WHOLE = 1 << 20;

  private final Chance chance;
  private final Texts texts;

  StreamValues(Chance chance, Texts texts) {
    this.chance = chance;
    this.texts = texts;
  }

  /** A value of such a type, if it is one of those. */
  Arg of(Method method, Class<?> type, List<Integer> slots) {
    boolean reads =
        method.getName().startsWith("read") || method.getName().startsWith("transferTo");
    boolean atOnce =
        !Writer.class.isAssignableFrom(method.getDeclaringClass())
            && !OutputStream.class.isAssignableFrom(method.getDeclaringClass());
    return switch (type.getSimpleName()) {
      case "ByteBuffer" -> reads ? room() : texts.bytes(wrapping());
      case "ByteBuffer[]" -> reads ? rooms() : gathered();
      case "byte[]" ->
          reads
              ? Arg.made("byte[16]", (world, target) -> new byte[16])
              : atOnce ? texts.bytes(bytes -> bytes) : texts.pieces(bytes -> bytes);
      case "char[]" ->
          reads
              ? Arg.made("char[16]", (world, target) -> new char[16])
              : texts.pieces(bytes -> text(bytes).toCharArray());
      case "CharBuffer" -> Arg.made("CharBuffer", (world, target) -> CharBuffer.allocate(16));
      case "CharSequence" -> texts.bytes(StreamValues::text);
      case "String" ->
          method.getDeclaringClass() == Writer.class
                  || method.getDeclaringClass() == java.io.BufferedWriter.class
              ? texts.pieces(StreamValues::text)
              : null;
      case "Iterable" -> texts.bytes(bytes -> List.of(text(bytes)));
      case "InputStream" -> texts.bytes(ByteArrayInputStream::new);
      case "OutputStream", "Writer" -> out(type, slots);
      case "WritableByteChannel" -> sink(slots);
      case "ReadableByteChannel" -> source(slots);
      case "Charset" -> charset();
      case "MapMode" -> map();
      case "CompletionHandler" -> Arg.made("a handler", (world, target) -> new Handler());
      case "Object" ->
          method.getDeclaringClass() == AsynchronousFileChannel.class
              ? Arg.constant("it", "it")
              : null;
      default -> null;
    };
  }

  /** A number or a flag. */
  Arg number(Method method, int at) {
    Class<?> type = method.getParameterTypes()[at];
    if (type == boolean.class) {
      boolean value = chance.percent(50);
      return Arg.constant(String.valueOf(value), value);
    }
    if (type == long.class) {
      long value =
          chance.of(-1L, 0L, 0L, 1L, 2L, 5L, 16L, 4095L, 4096L, 100_000L, 1L << 33, Long.MAX_VALUE);
      boolean whole = method.getName().startsWith("transfer");
      return Arg.made(
          String.valueOf(value),
          (world, target) -> whole && target.isWrittenWhole() ? WHOLE : value);
    }
    if (type != int.class) {
      return null;
    }
    boolean writes = method.getName().equals("write");
    if (method.getParameterCount() == 1 && writes) {
      int value = chance.of(49, 10, 120, 0, 255);
      return Arg.made(
          String.valueOf(value), (world, target) -> target.isWrittenWhole() ? (int) 'x' : value);
    }
    int value = chance.of(-1, 0, 0, 1, 1, 2, 3, 16, 17, Integer.MAX_VALUE >> 8);
    int safe = at == 1 ? 0 : 1;
    return Arg.made(
        String.valueOf(value), (world, target) -> writes && target.isWrittenWhole() ? safe : value);
  }

  private Arg room() {
    int size = chance.of(0, 1, 2, 7, 64, 4096, 70_000);
    return switch (chance.below(10)) {
      case 0 ->
          Arg.made(
              "read-only " + size, (world, target) -> ByteBuffer.allocate(size).asReadOnlyBuffer());
      case 1, 2 -> Arg.made("direct " + size, (world, target) -> ByteBuffer.allocateDirect(size));
      default -> Arg.made("room " + size, (world, target) -> ByteBuffer.allocate(size));
    };
  }

  private Arg rooms() {
    int first = chance.of(0, 1, 3, 64);
    int second = chance.of(0, 2, 4096);
    return Arg.made(
        "rooms " + first + " " + second,
        (world, target) ->
            new ByteBuffer[] {ByteBuffer.allocate(first), ByteBuffer.allocate(second)});
  }

  private Arg gathered() {
    Arg first = texts.bytes(wrapping());
    Arg second = texts.bytes(wrapping());
    return Arg.made(
        "{" + first + "; " + second + "}",
        (world, target) -> {
          ByteBuffer one = (ByteBuffer) first.maker().in(world, target);
          ByteBuffer two =
              target.isWrittenWhole()
                  ? ByteBuffer.allocate(0)
                  : (ByteBuffer) second.maker().in(world, target);
          return new ByteBuffer[] {one, two};
        });
  }

  private Function<byte[], Object> wrapping() {
    return chance.percent(70)
        ? ByteBuffer::wrap
        : bytes -> ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private Arg out(Class<?> type, List<Integer> slots) {
    return type == Writer.class
        ? Arg.made("a writer", (world, target) -> new java.io.StringWriter())
        : kept(OutputStream.class, slots, ByteArrayOutputStream::new);
  }

  private Arg sink(List<Integer> slots) {
    return kept(WritableByteChannel.class, slots, Sink::new);
  }

  /**
   * What was opened before, or something in memory; nothing foreign goes into lists of processes.
   */
  private Arg kept(Class<?> type, List<Integer> slots, java.util.function.Supplier<Object> other) {
    int slot = slots.isEmpty() || chance.percent(60) ? -1 : chance.of(slots);
    return Arg.made(
        slot < 0 ? "memory" : "#" + slot,
        (world, target) ->
            slot >= 0
                    && type.isInstance(world.kept(slot))
                    && FileKind.of(world.keptPlace(slot)) == FileKind.ANY
                    && target == FileKind.ANY
                ? world.kept(slot)
                : other.get());
  }

  private Arg source(List<Integer> slots) {
    Arg memory = texts.bytes(bytes -> Channels.newChannel(new ByteArrayInputStream(bytes)));
    int slot = slots.isEmpty() || chance.percent(60) ? -1 : chance.of(slots);
    return Arg.made(
        slot < 0 ? memory.text() : "#" + slot,
        (world, target) ->
            slot >= 0
                    && target == FileKind.ANY
                    && world.kept(slot) instanceof ReadableByteChannel channel
                    && FileKind.of(world.keptPlace(slot)) == FileKind.ANY
                ? channel
                : memory.maker().in(world, target));
  }

  private Arg charset() {
    return chance.percent(50)
        ? Arg.constant("UTF_8", StandardCharsets.UTF_8)
        : Arg.constant("ISO_8859_1", StandardCharsets.ISO_8859_1);
  }

  private Arg map() {
    FileChannel.MapMode mode =
        chance.of(
            FileChannel.MapMode.READ_ONLY,
            FileChannel.MapMode.READ_WRITE,
            FileChannel.MapMode.PRIVATE);
    return Arg.constant(mode.toString(), mode);
  }
}
