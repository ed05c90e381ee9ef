package io.github.vcgroupfs.cgroupfs.restore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group as it was recorded, for {@link Restorer}. Immutable.
 *
 * @param path from the root, which is {@code /}; one char for each byte
 * @param mode permission bits of the directory; null: as mkdir makes them
 * @param owner of the directory; null: the user who mounted
 * @param files what is known of its files
 */
public record RecordedGroup(
    String path, @Nullable Integer mode, @Nullable Owner owner, List<RecordedFile> files) {

  /** Copies the list. */
  public RecordedGroup {
    files = List.copyOf(files);
  }

  /** Whether it is the top of the hierarchy. */
  boolean isRoot() {
    return path.length() == 1;
  }

  /** Whether a file of that name was in it. */
  boolean hasFile(String name) {
    return files.stream().anyMatch(each -> each.name().equals(name));
  }

  /**
   * The owner of a file or directory.
   *
   * @param uid user
   * @param gid group
   */
  public record Owner(int uid, int gid) {}

  /**
   * A control file as it was recorded.
   *
   * @param name in the directory
   * @param mode permission bits; null: not known
   * @param owner null: the owner of the directory
   * @param text what it contained, one char for each byte; null: not known, or not readable
   */
  public record RecordedFile(
      String name, @Nullable Integer mode, @Nullable Owner owner, @Nullable String text) {}
}
