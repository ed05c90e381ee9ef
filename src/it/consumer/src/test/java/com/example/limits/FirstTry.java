package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.vcgroupfs.junit.VirtualCgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Fails, to show how. Its name hides it from Maven, and {@link FirstTryTest} runs it. */
@VirtualCgroup(profile = "linux-5.10")
class FirstTry {
  @Test
  void aLimitCanBeRaised(Path root) throws IOException {
    Path job = Files.createDirectory(root.resolve("job"));
    Naive.limitMemory(job, 64L << 20);
    Naive.limitMemory(job, 128L << 20);
    assertEquals("134217728\n", Files.readString(job.resolve("memory.limit_in_bytes")));
  }
}
