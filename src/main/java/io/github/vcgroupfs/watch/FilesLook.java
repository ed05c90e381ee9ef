package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.Row;
import io.github.vcgroupfs.kernel.CoreFile;
import io.github.vcgroupfs.os.Reasons;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a hierarchy through its control files: that of a kernel, or of a mount that has nothing
 * else. Groups that are removed meanwhile are left out, and so is what may not be read.
 */
final class FilesLook implements Look {
  private static final String MEMBERS = CoreFile.PROCS.fileName();

  /** A directory without any other in it: its name, and its own dot. */
  private static final int LINKS_OF_LEAF = 2;

  private final Path top;
  private final boolean strict;
  private final SmallFile file = new SmallFile();

  /** The file of each column that can be read here. */
  private final Map<Column, String> names = new EnumMap<>(Column.class);

  private final Map<Column, String> reasons = new EnumMap<>(Column.class);

  /** Names that are files and no groups, at the top and below. */
  private final Set<String> filesOfTop = new HashSet<>();

  private final Set<String> filesBelow = new HashSet<>();

  /**
   * Finds out which files there are.
   *
   * @param strict whether it is a mount of ours
   */
  FilesLook(Path top, ColumnFiles files, boolean strict) throws WatchException {
    this.top = top;
    this.strict = strict;
    List<Path> places = new ArrayList<>(List.of(top));
    children(top, filesOfTop).values().stream().findFirst().ifPresent(places::add);
    for (Column column : Column.all()) {
      if (column != Column.PROCS) {
        find(column, files.names(column), places);
      }
    }
    if (!Files.isReadable(top.resolve(MEMBERS))) {
      reasons.put(Column.PROCS, MEMBERS + " may not be read here: look as root");
    }
  }

  private void find(Column column, List<String> candidates, List<Path> places)
      throws WatchException {
    if (candidates.isEmpty()) {
      reasons.put(
          column,
          strict
              ? "a mount with --strict has only the files of the kernel, and none shows it"
              : "no file of a kernel shows it: a mount of vcgroupfs without --strict does");
      return;
    }
    String reason = "this kernel has no file " + candidates.get(0);
    for (Path place : places) {
      for (String name : candidates) {
        try {
          file.number(place.resolve(name));
          names.put(column, name);
          return;
        } catch (IOException e) {
          if (Trouble.isDead(e)) {
            throw Trouble.with(top, e);
          }
          reason = e instanceof NoSuchFileException ? reason : whyNot(name, e);
        }
      }
    }
    reasons.put(column, reason);
  }

  private static String whyNot(String name, IOException e) {
    if (e instanceof AccessDeniedException) {
      return name + " may not be read here: look as root";
    }
    return Trouble.isUnsupported(e)
        ? "this kernel has a file %s and does not let it be read".formatted(name)
        : "%s cannot be read here (%s)".formatted(name, Reasons.of(e));
  }

  @Override
  public List<GroupSample> read() throws WatchException {
    List<GroupSample> groups = new ArrayList<>();
    try {
      read(top, "", groups);
    } catch (IOException e) {
      throw Trouble.with(top, e);
    }
    if (groups.isEmpty()) {
      throw Trouble.with(top, new NoSuchFileException(top.toString()));
    }
    return groups;
  }

  private void read(Path directory, String path, List<GroupSample> groups)
      throws IOException, WatchException {
    Integer links = links(directory);
    if (links == null) {
      return;
    }
    Row row = row(directory);
    if (row == null) {
      return;
    }
    boolean isTop = path.isEmpty();
    groups.add(new GroupSample(isTop ? "/" : path, row));
    if (links != LINKS_OF_LEAF) {
      for (Map.Entry<String, Path> child :
          children(directory, isTop ? filesOfTop : filesBelow).entrySet()) {
        read(child.getValue(), path + "/" + child.getKey(), groups);
      }
    }
  }

  /** How many links a directory has; null if it is gone or cannot be seen. */
  private static @Nullable Integer links(Path directory) throws IOException {
    try {
      return (Integer) Files.getAttribute(directory, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | AccessDeniedException goneOrHidden) {
      return null;
    } catch (FileSystemException e) {
      if (Trouble.isTooLong(e)) {
        return null; // the others must be seen all the same
      }
      throw e;
    }
  }

  /** The numbers of a group; null if it is gone, or nothing of it may be read. */
  private @Nullable Row row(Path directory) throws IOException {
    Row row = new Row();
    boolean any = false;
    for (Map.Entry<Column, String> each : names.entrySet()) {
      try {
        long shown = file.number(directory.resolve(each.getValue()));
        row.set(each.getKey(), each.getKey().normal(shown));
        any = true;
      } catch (IOException e) {
        if (Trouble.isDead(e)) {
          throw e;
        }
      }
    }
    if (any && !reasons.containsKey(Column.PROCS)) {
      try {
        row.set(Column.PROCS, file.lines(directory.resolve(MEMBERS)));
      } catch (IOException e) {
        if (Trouble.isDead(e)) {
          throw e;
        }
      }
    }
    return any ? row : null;
  }

  /**
   * The groups in a directory, by name. All groups have the same files, so most entries need not be
   * asked what they are.
   */
  private static Map<String, Path> children(Path directory, Set<String> files)
      throws WatchException {
    Map<String, Path> children = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path each : entries) {
        String name = EntryName.of(each);
        if (files.contains(name)) {
          continue;
        }
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          children.put(name, each);
        } else if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
          files.add(name);
        }
      }
    } catch (DirectoryIteratorException e) {
      return none(directory, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      return none(directory, e);
    }
    return children;
  }

  /** A group that is gone, or may not be listed, has no children to see. */
  private static Map<String, Path> none(Path directory, IOException e) throws WatchException {
    if (Trouble.isDead(e)) {
      throw Trouble.with(directory, e);
    }
    return Map.of();
  }

  @Override
  public Optional<String> whyUnknown(Column column) {
    return Optional.ofNullable(reasons.get(column));
  }

  @Override
  public Optional<String> profile() {
    return Optional.empty();
  }
}
