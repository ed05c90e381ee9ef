package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.vfs.OpenFile;
import io.github.vcgroupfs.vfs.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The view {@code dos} of a file, which the JDK has on Linux, too: it keeps four flags in an
 * extended attribute. Immutable.
 */
record DosView(ViewedFile file) implements DosFileAttributeView, DynamicView {
  private static final String KEPT_IN = "user.DOSATTRIB";
  private static final String PREFIX = "0x";

  private static final NamedAttributes<DosAttributes> NAMES =
      AttributeTables.<DosAttributes>basic(each -> each.file())
          .with("readonly", DosAttributes::isReadOnly)
          .with("archive", DosAttributes::isArchive)
          .with("system", DosAttributes::isSystem)
          .with("hidden", DosAttributes::isHidden);

  @Override
  public String name() {
    return "dos";
  }

  /** A call on the open file. */
  private interface Use<T> {
    T use(OpenFile open) throws IOException;
  }

  private <T> T use(Use<T> use) throws IOException {
    OpenFile open = file.open();
    try {
      return use.use(open);
    } finally {
      open.close();
    }
  }

  private int flags(OpenFile open) throws IOException {
    Outcome<byte[]> outcome = Outcome.of(() -> open.getxattr(KEPT_IN));
    if (outcome.is(Errno.ENODATA)) {
      return 0;
    }
    String value =
        new String(outcome.orThrow(file.path()), StandardCharsets.UTF_8).replaceFirst("\0$", "");
    if (!value.matches(PREFIX + "[0-9a-fA-F]{1,7}")) {
      throw new IOException("Value of " + KEPT_IN + " attribute is invalid");
    }
    return Integer.parseInt(value.substring(PREFIX.length()), 16);
  }

  private void set(int flag, boolean on) throws IOException {
    use(
        open -> {
          int before = flags(open);
          int after = on ? before | flag : before & ~flag;
          if (after != before) {
            String value = PREFIX + Integer.toHexString(after) + "\0";
            Outcome.done(() -> open.setxattr(KEPT_IN, value.getBytes(StandardCharsets.UTF_8)))
                .orThrow(file.path());
          }
          return after;
        });
  }

  @Override
  public DosFileAttributes readAttributes() throws IOException {
    return read();
  }

  private DosAttributes read() throws IOException {
    return use(
        open -> {
          Stat stat = Outcome.of(open::stat).orThrow(file.path());
          return new DosAttributes(PosixAttributes.of(stat), flags(open));
        });
  }

  @Override
  public Map<String, Object> readAttributes(String requested) throws IOException {
    return NAMES.read(requested, this::read);
  }

  @Override
  public void setAttribute(String attribute, @Nullable Object value) throws IOException {
    switch (attribute) {
      case "readonly" -> setReadOnly((Boolean) Objects.requireNonNull(value));
      case "archive" -> setArchive((Boolean) Objects.requireNonNull(value));
      case "system" -> setSystem((Boolean) Objects.requireNonNull(value));
      case "hidden" -> setHidden((Boolean) Objects.requireNonNull(value));
      default -> {
        if (!BasicView.setBasic(file, attribute, value)) {
          throw DynamicView.unknown(this, attribute);
        }
      }
    }
  }

  @Override
  public void setTimes(
      @Nullable FileTime lastModifiedTime,
      @Nullable FileTime lastAccessTime,
      @Nullable FileTime createTime)
      throws IOException {
    file.setTimes(lastModifiedTime, lastAccessTime);
  }

  @Override
  public void setReadOnly(boolean value) throws IOException {
    set(DosAttributes.READ_ONLY, value);
  }

  @Override
  public void setHidden(boolean value) throws IOException {
    set(DosAttributes.HIDDEN, value);
  }

  @Override
  public void setSystem(boolean value) throws IOException {
    set(DosAttributes.SYSTEM, value);
  }

  @Override
  public void setArchive(boolean value) throws IOException {
    set(DosAttributes.ARCHIVE, value);
  }
}
