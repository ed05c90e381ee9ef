package io.github.vcgroupfs.serve;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.watch.JournalLine;
import io.github.vcgroupfs.watch.WatchException;
import io.github.vcgroupfs.watch.Watcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes groups: each edit is one plain command of a shell, which the answer shows. What refuses
 * is the hierarchy; its errno and its sentence are the answer. Thread-safe.
 */
final class Edits {
  private static final Logger LOG = LoggerFactory.getLogger(Edits.class);

  /** More than any control file takes. */
  private static final int MOST_CHARACTERS = 16 << 10;

  private final Watcher watcher;

  /** Edits of what is watched. */
  Edits(Watcher watcher) {
    this.watcher = watcher;
  }

  /** What there is to ask for. */
  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint("/api/write", Need.CHANGE, this::write),
        new Endpoint("/api/mkdir", Need.CHANGE, this::mkdir),
        new Endpoint("/api/rmdir", Need.CHANGE, this::rmdir));
  }

  /** What is done, once the command that it stands for is known. */
  @FunctionalInterface
  private interface Call {
    /** Returns a negative errno if it is refused. */
    int make(Places places) throws ErrnoException;
  }

  private Answer write(Request request) throws BadRequestException, IOException {
    Map<String, Object> fields = request.json();
    String file = Json.text(fields, "file");
    String text = Json.text(fields, "text");
    if (text.length() > MOST_CHARACTERS || text.indexOf('\0') >= 0) {
      throw new BadRequestException(
          "a text has at most %d characters, and none is NUL".formatted(MOST_CHARACTERS));
    }
    Group group = group(fields);
    String line = bytes(text + "\n", StandardCharsets.UTF_8);
    return answer(
        ShellText.echo(text, group.directory + "/" + file),
        group,
        places -> Libc.write(path(places.file(group.directory, file)), line));
  }

  private Answer mkdir(Request request) throws BadRequestException, IOException {
    Group group = group(request.json());
    return answer(
        ShellText.command("mkdir", group.directory.toString()),
        group,
        places -> Libc.mkdir(path(places.newGroup(group.directory))));
  }

  private Answer rmdir(Request request) throws BadRequestException, IOException {
    Group group = group(request.json());
    return answer(
        ShellText.command("rmdir", group.directory.toString()),
        group,
        places -> Libc.rmdir(path(places.group(group.directory))));
  }

  private record Group(String name, Path directory) {}

  private Group group(Map<String, Object> fields) throws BadRequestException {
    String name = Json.text(fields, "group");
    try {
      return new Group(name, watcher.hierarchy().directoryOf(name));
    } catch (WatchException none) {
      throw new BadRequestException(Answer.NOT_FOUND, String.valueOf(none.getMessage()));
    }
  }

  private Answer answer(String command, Group group, Call call) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("echo", command);
    try {
      int result = call.make(new Places(watcher.hierarchy().directory()));
      fields.put("ok", result >= 0);
      if (result < 0) {
        String errno = name(result);
        fields.put("errno", errno);
        fields.put("why", why(group.name, errno, result));
      }
    } catch (ErrnoException refused) {
      fields.put("ok", false);
      fields.put("errno", refused.errno().name());
      fields.put("why", refused.why());
    }
    LOG.debug("{}: {}", command, fields);
    return Answer.json(fields);
  }

  private static String name(int result) {
    return Errno.ofNumber(-result).map(Errno::name).orElse("errno " + -result);
  }

  /** The sentence of the last such refusal in the group, or what the errno means. */
  private String why(String group, String errno, int result) {
    try {
      List<JournalLine> lines = watcher.hierarchy().why(group);
      for (int i = lines.size() - 1; i >= 0; i--) {
        JournalLine line = lines.get(i);
        if (line.errno().filter(errno::equals).isPresent()) {
          return line.why().orElse(Libc.text(result));
        }
      }
    } catch (WatchException gone) {
      LOG.debug("no sentence of {}", group, gone);
    }
    return Libc.text(result) + " (this hierarchy says no more)";
  }

  private static String path(Path path) {
    return NativeText.toBytes(path.toString());
  }

  /** A text with one char for each of its bytes. */
  private static String bytes(String text, java.nio.charset.Charset charset) {
    return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
  }
}
