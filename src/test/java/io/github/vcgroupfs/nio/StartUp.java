package io.github.vcgroupfs.nio;

import java.nio.file.Files;
import java.time.Duration;

/** What a first test and further ones do, as a program. {@link StartUpIT} starts it. */
final class StartUp {
  private StartUp() {}

  /**
   * Makes file systems, one after the other, and prints the microseconds of each.
   *
   * @param args how many; and the name of a preset that each begins with, or nothing
   */
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    for (int i = 0; i < count; i++) {
      long beforeNs = System.nanoTime();
      test(args.length > 1 ? args[1] : null);
      System.out.println((System.nanoTime() - beforeNs) / 1000);
    }
  }

  private static void test(@org.jspecify.annotations.Nullable String preset) throws Exception {
    VirtualCgroupFileSystemBuilder builder = VirtualCgroupFileSystem.builder();
    if (preset != null) {
      builder.preset(preset);
    }
    try (VirtualCgroupFileSystem fs = builder.open()) {
      Cgroups cgroups = fs.cgroups();
      Group web = cgroups.create("/test");
      web.addFlow("upload connections=2");
      cgroups.advance(Duration.ofMillis(10));
      Files.writeString(web.path("memory.limit_in_bytes"), "64M");
      String text = Files.readString(web.path("memory.limit_in_bytes"));
      if (!text.equals("67108864\n")) {
        throw new AssertionError(text);
      }
      cgroups.start("/test").exit();
      web.assertWrote("memory.limit_in_bytes").with("64M");
    }
  }
}
