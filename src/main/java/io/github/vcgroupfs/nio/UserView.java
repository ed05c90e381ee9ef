package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.vfs.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The view {@code user} of a file: its extended attributes. Immutable. */
record UserView(ViewedFile file) implements UserDefinedFileAttributeView, DynamicView {
  private static final String NAMESPACE = "user.";
  private static final int MOST_NAME_BYTES = 255;

  @Override
  public String name() {
    return "user";
  }

  /** A call on the open file. */
  private interface Use<T> {
    T use(OpenFile open, String bytes) throws ErrnoException;
  }

  /**
   * Makes a call with the bytes of a name. The JDK opens the file first, and then looks at the
   * name.
   *
   * @param complaint what the JDK says before the text of an errno
   */
  private <T> T use(String complaint, @Nullable String name, Use<T> use) throws IOException {
    OpenFile open = file.open();
    try {
      String bytes = bytes(name);
      Outcome<T> outcome = Outcome.of(() -> use.use(open, bytes));
      T value = outcome.orNull();
      if (value == null) {
        throw outcome.because(failure(complaint + outcome.text()));
      }
      return value;
    } finally {
      open.close();
    }
  }

  private FileSystemException failure(String reason) {
    return new FileSystemException(file.path().toString(), null, reason);
  }

  private String bytes(@Nullable String name) throws IOException {
    String full = NAMESPACE + Objects.requireNonNull(name, "'name' is null");
    byte[] bytes = full.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_NAME_BYTES) {
      throw failure("'" + full + "' is too big");
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public List<String> list() throws IOException {
    return use("Unable to get list of extended attributes: ", "", (open, none) -> open.listxattr())
        .stream()
        .filter(name -> name.startsWith(NAMESPACE))
        .map(name -> PathBytes.text(name.substring(NAMESPACE.length())))
        .toList();
  }

  @Override
  public int size(String name) throws IOException {
    String complaint = "Unable to get size of extended attribute '" + name + "': ";
    return use(complaint, name, OpenFile::getxattr).length;
  }

  @Override
  public int read(String name, ByteBuffer dst) throws IOException {
    if (dst.isReadOnly()) {
      throw new IllegalArgumentException("Read-only buffer");
    }
    String complaint = "Error reading extended attribute '" + name + "': ";
    byte[] value = use(complaint, name, OpenFile::getxattr);
    if (value.length > dst.remaining()) {
      throw failure(complaint + "Insufficient space in buffer");
    }
    dst.put(value);
    return value.length;
  }

  @Override
  public int write(String name, ByteBuffer src) throws IOException {
    byte[] value = new byte[src.remaining()];
    src.slice().get(value);
    use(
        "Error writing extended attribute '" + name + "': ",
        name,
        (open, bytes) -> {
          open.setxattr(bytes, value);
          return value;
        });
    src.position(src.limit());
    return value.length;
  }

  @Override
  public void delete(String name) throws IOException {
    use(
        "Unable to delete extended attribute '" + name + "': ",
        name,
        (open, bytes) -> {
          open.removexattr(bytes);
          return bytes;
        });
  }

  @Override
  public void setAttribute(String attribute, @Nullable Object value) throws IOException {
    ByteBuffer bytes =
        value instanceof byte[] array
            ? ByteBuffer.wrap(array)
            : (ByteBuffer) Objects.requireNonNull(value);
    write(attribute, bytes);
  }

  @Override
  public Map<String, Object> readAttributes(String requested) throws IOException {
    List<String> names = List.of(requested.split(",", 0));
    Map<String, Object> values = new HashMap<>();
    for (String name : names.contains("*") ? list() : names) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException();
      }
      ByteBuffer value = ByteBuffer.allocate(size(name));
      read(name, value);
      values.put(name, value.array());
    }
    return values;
  }
}
