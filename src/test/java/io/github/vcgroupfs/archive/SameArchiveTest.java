package io.github.vcgroupfs.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the least that has the form of an archive: a header, one region, and words in that. */
class SameArchiveTest {
  private static final int HEADER = 24 + 96;
  private static final int REGION = 128;
  private static final int WORDS = 8;

  @TempDir private Path folder;
  private Path first;
  private Path again;
  private long now;

  @BeforeEach
  void names() {
    first = folder.resolve("first");
    again = folder.resolve("again");
    now = System.nanoTime() / 1_000_000;
  }

  @Test
  void aTimeBecomesNothingAndTheChecksumsAreRight() throws IOException {
    Files.write(first, archive(7, now - 2_000));
    Files.write(again, archive(7, now - 1_000));
    SameArchive.rewrite(first, again);
    assertThat(Files.readAllBytes(first)).isEqualTo(archive(7, 0));
  }

  @Test
  void whatIsTheSameStays() throws IOException {
    Files.write(first, archive(7, now - 2_000));
    Files.write(again, archive(7, now - 2_000));
    SameArchive.rewrite(first, again);
    assertThat(Files.readAllBytes(first)).isEqualTo(archive(7, now - 2_000));
  }

  @Test
  void anythingElseThatDiffersIsRefused() throws IOException {
    byte[] before = archive(7, now - 2_000);
    Files.write(first, before);
    for (byte[] other : new byte[][] {archive(8, now - 1_000), archive(7, now - 3_000)}) {
      Files.write(again, other);
      assertThatThrownBy(() -> SameArchive.rewrite(first, again))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("two archives differ at 0x8[08], and not by a time");
    }
    assertThat(Files.readAllBytes(first)).isEqualTo(before);
  }

  @Test
  void anotherFormIsRefused() throws IOException {
    byte[] other = archive(7, now - 2_000);
    other[REGION]++; // as if its checksum lay elsewhere
    Files.write(first, other);
    Files.write(again, archive(7, now - 1_000));
    assertThatThrownBy(() -> SameArchive.rewrite(first, again))
        .hasMessage("the checksums are not where JDK 25 has them");
    Files.write(first, new byte[HEADER]);
    assertThatThrownBy(() -> SameArchive.rewrite(first, again))
        .hasMessage(first + " is no archive of classes");
  }

  private static byte[] archive(long word, long time) {
    byte[] archive = new byte[REGION + WORDS * Long.BYTES];
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.nativeOrder());
    bytes.putInt(0, 0xf00baba2).putInt(12, HEADER);
    bytes.putLong(24 + 24, REGION).putLong(24 + 40, WORDS * Long.BYTES);
    bytes.putLong(REGION, word).putLong(REGION + Long.BYTES, time);
    bytes.putInt(24, sum(archive, REGION, WORDS * Long.BYTES));
    bytes.putInt(4, sum(archive, 16, HEADER - 16));
    return archive;
  }

  private static int sum(byte[] bytes, int from, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
