package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A directory is read in pieces, while what is in it changes. */
class ListingsTest {
  private static final long HANDLE = 7;

  private final Listings listings = new Listings();
  private final List<String> now = new ArrayList<>(List.of(".", "..", "a", "b", "c"));

  /** What libfuse got, with room for so many entries. */
  private List<String> read(long offset, int room) throws Exception {
    List<String> got = new ArrayList<>();
    Listings.Filler filler =
        (entry, next) -> {
          if (got.size() == room) {
            return false;
          }
          got.add(entry.name() + "@" + next);
          return true;
        };
    listings.fill(
        HANDLE,
        offset,
        filler,
        () ->
            IntStream.range(0, now.size())
                .mapToObj(i -> new DirectoryEntry(now.get(i), i + 1, FileType.DIRECTORY))
                .toList());
    return got;
  }

  @Test
  void eachPieceBeginsWhereTheLastOneEnded() throws Exception {
    assertThat(read(0, 2)).containsExactly(".@1", "..@2");
    assertThat(read(2, 2)).containsExactly("a@3", "b@4");
    assertThat(read(4, 2)).containsExactly("c@5");
    assertThat(read(5, 2)).isEmpty();
  }

  @Test
  void aGroupThatGoesMeanwhileMovesNoOther() throws Exception {
    read(0, 3);
    now.remove("a");
    assertThat(read(3, 9)).containsExactly("b@4", "c@5");
    assertThat(read(0, 9)).containsExactly(".@1", "..@2", "b@3", "c@4");
  }

  @Test
  void anOffsetThatNoEntryHasIsTheEnd() throws Exception {
    assertThat(read(1L << 40, 9)).isEmpty();
  }

  @Test
  void aClosedDirectoryIsForgotten() throws Exception {
    read(0, 1);
    listings.forget(HANDLE);
    now.remove("c");
    assertThat(read(1, 9)).containsExactly("..@2", "a@3", "b@4");
  }
}
