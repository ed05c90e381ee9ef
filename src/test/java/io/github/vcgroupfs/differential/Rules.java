package io.github.vcgroupfs.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitor;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes text of what came of a call, so that worlds can be compared. What is not compared is the
 * list on the page on testing:
 *
 * <ol>
 *   <li>the path of the root is one word, and so is each number in a name made by chance;
 *   <li>the order of the names in a directory;
 *   <li>ids of processes: which of the two it is counts;
 *   <li>of files whose numbers a real group moves by itself: the shape;
 *   <li>inodes, devices, file keys; times of today: see {@link AttributeRules};
 *   <li>the classes that implement a result, and the message of a NullPointerException.
 * </ol>
 */
final class Rules {
  private static final int LIMIT_SECONDS = 10;

  /** Methods that return all of a text. */
  private static final Set<String> WHOLE =
      Set.of("readString", "readAllLines", "readAllBytes", "lines", "copy");

  private final World world;
  private final FileKind target;

  Rules(World world, FileKind target) {
    this.world = world;
    this.target = target;
  }

  /** The result of a step. */
  String shown(Step step, Object result) {
    if (result instanceof Number && target.hasOwnLength() && !step.name().equals("Files.size")) {
      return "N";
    }
    boolean ofFiles = step.method().getDeclaringClass() == java.nio.file.Files.class;
    boolean whole = ofFiles && WHOLE.contains(step.method().getName());
    if (result instanceof byte[] bytes) {
      return content(new String(bytes, ISO_8859_1), whole);
    }
    if (result instanceof String text) {
      return ofFiles || (step.receiver() != null && target.hasOwnLength())
          ? content(text, whole)
          : names(quoted(text));
    }
    if (target.hasOwnLength() && result instanceof List<?> lines) {
      String text = lines.stream().map(Object::toString).collect(Collectors.joining("\n"));
      return content(text, whole);
    }
    if (whole && target.hasOwnLength() && result instanceof Stream<?> lines) {
      try (lines) {
        return content(lines.map(Object::toString).collect(Collectors.joining("\n")), true);
      }
    }
    return value(step, result);
  }

  private String value(Step step, Object result) {
    if (step.method().getName().equals("getAttribute")) {
      return names(AttributeRules.one(step.arguments().get(1).text(), result));
    }
    if (result == null
        || result instanceof Number
        || result instanceof Boolean
        || result instanceof Enum<?>) {
      return String.valueOf(result);
    }
    if (World.KEPT.stream().anyMatch(type -> type.isInstance(result))) {
      return World.isKept(step.method().getReturnType()) ? "opened" : "itself";
    }
    if (result instanceof Stream<?> stream) {
      try (stream) {
        List<String> all = stream.map(each -> value(step, each)).toList();
        return (step.method().getName().equals("lines") ? all.stream() : all.stream().sorted())
            .toList()
            .toString();
      }
    }
    if (result instanceof Set<?> set) {
      return set.stream().map(each -> value(step, each)).sorted().toList().toString();
    }
    if (result instanceof Collection<?> all) {
      return all.stream().map(each -> value(step, each)).toList().toString();
    }
    if (result instanceof Iterator<?> iterator) {
      return listed(step, iterator);
    }
    if (result instanceof Future<?> future) {
      return awaited(step, future);
    }
    String attributes = AttributeRules.shown(result);
    return attributes != null ? names(attributes) : object(result);
  }

  private String listed(Step step, Iterator<?> iterator) {
    Stream.Builder<String> all = Stream.builder();
    iterator.forEachRemaining(each -> all.add(value(step, each)));
    boolean ordered = step.receiver().place() != null;
    return (ordered ? all.build() : all.build().sorted()).toList().toString();
  }

  private String object(Object result) {
    if (result instanceof Path path) {
      return names(quoted(path.toString()));
    }
    if (result instanceof MappedByteBuffer buffer) { // its memory may be none: it is not touched
      return "mapped " + buffer.capacity() + (buffer.isReadOnly() ? " read-only" : "");
    }
    if (result instanceof FileLock lock) {
      return "lock %d %d %s %s"
          .formatted(lock.position(), lock.size(), lock.isShared(), lock.isValid());
    }
    if (result instanceof FileStore) {
      return "a store";
    }
    if (result instanceof FileSystem) {
      return result.equals(world.fileSystem()) ? "the file system" : "another file system";
    }
    if (result instanceof PathMatcher matcher) {
      return Stream.of("tasks", "a", "a/c", "memory.kmem.tcp.failcnt", "", "memory.limit_in_bytes")
          .map(each -> matcher.matches(world.fileSystem().getPath(each)))
          .toList()
          .toString();
    }
    return names(result.toString());
  }

  private String awaited(Step step, Future<?> future) {
    try {
      return shown(step, future.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return "later " + refusal(e.getCause());
    } catch (TimeoutException e) {
      return "never";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** An error. */
  String refusal(Throwable thrown) {
    String type = thrown.getClass().getName();
    if (thrown instanceof NullPointerException || thrown instanceof ClassCastException) {
      return type; // the message is the compiler's, about the inside of a method
    }
    boolean wraps =
        thrown instanceof UncheckedIOException || thrown instanceof DirectoryIteratorException;
    return wraps
        ? type + " of " + refusal(thrown.getCause())
        : type + ": " + names(String.valueOf(thrown.getMessage()));
  }

  /** What a call left in a buffer; empty for other arguments. */
  String buffer(Object argument) {
    if (argument instanceof ByteBuffer buffer) {
      ByteBuffer copy = buffer.duplicate().flip();
      byte[] bytes = new byte[copy.remaining()];
      copy.get(bytes);
      return target.hasOwnLength() ? "{…}" : "{" + quoted(new String(bytes, ISO_8859_1)) + "}";
    }
    if (argument instanceof ByteBuffer[] buffers) {
      return Arrays.stream(buffers).map(this::buffer).collect(Collectors.joining());
    }
    if (argument instanceof byte[] bytes) {
      return target.hasOwnLength() ? "{…}" : quoted(new String(bytes, ISO_8859_1));
    }
    if (argument instanceof char[] chars) {
      return target.hasOwnLength() ? "{…}" : quoted(new String(chars));
    }
    if (argument instanceof CharBuffer
        || argument instanceof StringWriter
        || argument instanceof Sink
        || argument instanceof java.io.ByteArrayOutputStream) {
      return target.hasOwnLength() ? "{…}" : quoted(argument.toString());
    }
    return argument instanceof FileVisitor<?> ? names(argument.toString()) : "";
  }

  /** What a handler was told. */
  String told(Step step, Object argument) {
    return argument instanceof Handler handler ? " told " + awaited(step, handler.said()) : "";
  }

  private String content(String text, boolean whole) {
    if (target == FileKind.PROCESSES) {
      return whole ? quoted(named(text)) : "…";
    }
    if (target == FileKind.VOLATILE) {
      return whole ? shape(text) : "…";
    }
    return quoted(text);
  }

  private String named(String list) {
    String named = list;
    for (int at = 0; at < world.pids().size(); at++) {
      named = named.replaceAll("\\b" + world.pids().get(at) + "\\b", "PID" + at);
    }
    return named;
  }

  private static String shape(String text) {
    return text.lines()
        .map(
            line ->
                line.startsWith("hierarchical_mem")
                    ? line
                    : line.split("=", 2)[0].replaceAll("[0-9]+", "N"))
        .toList()
        .toString();
  }

  private String names(String text) {
    return text.replace(world.root().toString(), "ROOT")
        .replace(world.scratch().toString(), "SCRATCH")
        .replaceAll("[0-9]{8,}", "N");
  }

  /** A text between quotes, all of it printable. */
  static String quoted(String text) {
    return text.chars()
        .mapToObj(
            each ->
                each >= ' ' && each < 127
                    ? String.valueOf((char) each)
                    : String.format(Locale.ROOT, "\\x%02x", each))
        .collect(Collectors.joining("", "'", "'"));
  }
}
