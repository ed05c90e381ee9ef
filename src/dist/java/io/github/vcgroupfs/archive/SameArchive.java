package io.github.vcgroupfs.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Takes out of an archive of classes what differs from build to build: {@code java SameArchive.java
 * ARCHIVE AGAIN} writes ARCHIVE anew. AGAIN was made a moment later by the same command.
 *
 * <p>An archive holds objects, too, and some are soft references: each has the time of its last
 * use, in milliseconds since the machine was booted. Nothing else differs. So each word in which
 * the two archives differ must be such a time, and becomes 0; then the checksums are made again
 * (HotSpot, {@code cds.h}: {@code CDSFileMapHeaderBase}, {@code CDSFileMapRegion}). Afterwards both
 * must be the same bytes. If not, or if the archive has another form, nothing is written: exit
 * status 1.
 */
final class SameArchive {
  private static final int MAGIC = 0xf00baba2;
  private static final int CHECKSUM = 4;
  private static final int HEADER_SIZE = 12;
  private static final int REGIONS = 24;
  private static final int REGION_SIZE = 96;
  private static final int REGION_OFFSET = 24;
  private static final int REGION_USED = 40;
  private static final long LONGEST_BUILD_MS = 600_000;

  private final ByteBuffer bytes;

  SameArchive(Path file) throws IOException {
    bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
    if (bytes.getInt(0) != MAGIC) {
      throw new IOException(file + " is no archive of classes");
    }
  }

  public static void main(String[] args) throws IOException {
    try {
      SameArchive first = new SameArchive(Path.of(args[0]));
      SameArchive again = new SameArchive(Path.of(args[1]));
      first.check();
      again.check();
      forgetTimes(first.bytes, again.bytes);
      first.sum();
      again.sum();
      if (!Arrays.equals(first.bytes.array(), again.bytes.array())) {
        throw new IOException("two archives differ in their headers");
      }
      Files.write(Path.of(args[0]), first.bytes.array());
    } catch (IOException e) {
      System.err.println("SameArchive: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void forgetTimes(ByteBuffer first, ByteBuffer again) throws IOException {
    long now = System.nanoTime() / 1_000_000; // on Linux the same clock as in the archive
    if (first.capacity() != again.capacity()) {
      throw new IOException("two archives differ in size");
    }
    for (int at = first.getInt(HEADER_SIZE);
        at + Long.BYTES <= first.capacity();
        at += Long.BYTES) {
      long age = now - first.getLong(at);
      long later = again.getLong(at) - first.getLong(at);
      if (later != 0) {
        if (age < 0 || age > LONGEST_BUILD_MS || later < 0 || later > age) {
          throw new IOException("two archives differ at %#x, and not by a time".formatted(at));
        }
        first.putLong(at, 0);
        again.putLong(at, 0);
      }
    }
  }

  /** Whether this class knows where the checksums are: all that are there must be right. */
  private void check() throws IOException {
    byte[] before = bytes.array().clone();
    sum();
    if (!Arrays.equals(before, bytes.array())) {
      throw new IOException("the checksums are not where JDK 25 has them");
    }
  }

  private void sum() throws IOException {
    int headerSize = bytes.getInt(HEADER_SIZE);
    for (int region = REGIONS; region + REGION_SIZE <= headerSize; region += REGION_SIZE) {
      long offset = bytes.getLong(region + REGION_OFFSET);
      long used = bytes.getLong(region + REGION_USED);
      if (offset < headerSize || used <= 0 || offset + used > bytes.capacity()) {
        break; // the fields after the last region
      }
      bytes.putInt(region, sum((int) offset, (int) used));
    }
    int from = HEADER_SIZE + Integer.BYTES;
    bytes.putInt(CHECKSUM, sum(from, headerSize - from));
  }

  private int sum(int from, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes.array(), from, length);
    return (int) sum.getValue();
  }
}
