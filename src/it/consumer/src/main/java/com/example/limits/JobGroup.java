package com.example.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The group of one job of a build farm: made, limited, filled with processes, removed. */
public final class JobGroup {
  private static final int TRIES = 50;

  private final Path directory;

  private JobGroup(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes the group, and those above it that are not there.
   *
   * @param hierarchy where a hierarchy is mounted
   * @param name of the group, below that: {@code farm/job-17}
   */
  public static JobGroup create(Path hierarchy, String name) throws IOException {
    return new JobGroup(Files.createDirectories(hierarchy.resolve(name)));
  }

  /** Where the group is. */
  public Path directory() {
    return directory;
  }

  /**
   * Sets both limits. The limit for memory may never be above the one for memory and swap, not even
   * between two writes. So the second one is written first when it grows, and last when it shrinks.
   */
  public void limitMemory(long bytes, long withSwapBytes) throws IOException {
    boolean grows = withSwapBytes > number("memory.memsw.limit_in_bytes");
    if (grows) {
      write("memory.memsw.limit_in_bytes", withSwapBytes);
    }
    write("memory.limit_in_bytes", bytes);
    if (!grows) {
      write("memory.memsw.limit_in_bytes", withSwapBytes);
    }
  }

  /**
   * Limits kernel memory, if this kernel can. Linux 3.10 takes the first limit only while the group
   * has no processes, so this comes before {@link #attach}.
   *
   * @return whether there is such a limit now
   */
  public boolean limitKernelMemory(long bytes) throws IOException {
    try {
      write("memory.kmem.limit_in_bytes", bytes);
    } catch (NoSuchFileException beforeLinux38) {
      return false;
    } catch (IOException refused) {
      if (Errno.NOT_SUPPORTED.isReasonOf(refused)) { // Linux 5.16
        return false;
      }
      throw refused;
    }
    // later kernels take it and forget it
    return new MemoryReader(directory).kernelLimitBytes().isPresent();
  }

  /**
   * Moves a process into the group. There is one write for each process: the kernel takes one
   * number, and says EINVAL to a list.
   *
   * @return false if the process has ended in the meantime
   */
  public boolean attach(long pid) throws IOException {
    try {
      write("cgroup.procs", pid);
      return true;
    } catch (IOException refused) {
      if (Errno.NO_SUCH_PROCESS.isReasonOf(refused)) {
        return false;
      }
      if (Errno.NO_SPACE.isReasonOf(refused)) {
        throw new IOException(
            directory + " has no processors or no memory nodes: call shareProcessors first",
            refused);
      }
      throw refused;
    }
  }

  /**
   * Gives this group the processors and memory nodes of the group above it, which must have some. A
   * new group in the hierarchy of cpuset has none, and takes no process (ENOSPC).
   */
  public void shareProcessors() throws IOException {
    for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
      write(file, Files.readString(directory.resolveSibling(file)).trim());
    }
  }

  /** The processes in the group. */
  public List<Long> members() throws IOException {
    List<Long> pids = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("cgroup.procs"))) {
      pids.add(Long.valueOf(line));
    }
    return pids;
  }

  /**
   * Removes the group. It is busy for as long as it has members, and killed processes take a while
   * to end.
   *
   * @param pause called before each further try: it sleeps a little
   * @throws IOException if the group is still busy after fifty tries, or for another reason
   */
  public void remove(Runnable pause) throws IOException {
    for (int i = 1; ; i++) {
      try {
        Files.delete(directory);
        return;
      } catch (NoSuchFileException somebodyElseDid) {
        return;
      } catch (IOException refused) {
        if (i == TRIES || !Errno.BUSY.isReasonOf(refused)) {
          throw refused;
        }
      }
      pause.run();
    }
  }

  private long number(String file) throws IOException {
    return Long.parseLong(Files.readString(directory.resolve(file)).trim());
  }

  private void write(String file, Object value) throws IOException {
    // without CREATE: else a missing file is "permission denied", for nobody can make one here
    Files.writeString(directory.resolve(file), value.toString(), StandardOpenOption.WRITE);
  }
}
