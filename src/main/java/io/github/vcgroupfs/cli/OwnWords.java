package io.github.vcgroupfs.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.fuse.NativeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words that started this process, as bytes: what Java decodes by the locale cannot always be
 * encoded again, and a command that is run gets its words as they were. Immutable.
 *
 * @param all the program and its arguments, one char a byte
 */
record OwnWords(List<String> all) {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  /** Those of this process. */
  static OwnWords read() throws IOException {
    String text = new String(Files.readAllBytes(COMMAND_LINE), ISO_8859_1);
    List<String> words = new ArrayList<>(List.of(text.split("\0", -1)));
    words.remove(words.size() - 1); // each has a NUL behind it
    return new OwnWords(List.copyOf(words));
  }

  /** The last of them. */
  List<String> last(int count) {
    return all.subList(all.size() - count, all.size());
  }

  /** What starts the program again with other arguments, as Java takes words. */
  List<String> program() {
    int main = all.indexOf(Main.class.getName());
    return all.subList(0, main + 1).stream()
        .map(word -> new String(word.getBytes(ISO_8859_1), NativeText.charset()))
        .toList();
  }
}
