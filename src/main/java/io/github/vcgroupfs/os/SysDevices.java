package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which processors and memory nodes the machine has: lists as {@code 0-3,8} in the folders {@code
 * cpu} and {@code node} of {@code /sys/devices/system}. Thread-safe: holds nothing that changes.
 */
public final class SysDevices {
  /** Made when it is needed: a start is not to wait for it. */
  private static final class Syntax {
    static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");
  }

  /** Where Linux says which processors are together with another; from the smallest domain on. */
  private static final List<String> DOMAINS =
      List.of(
          "topology/thread_siblings_list",
          "cache/index3/shared_cpu_list",
          "topology/core_siblings_list");

  /** {@code arch/x86/Kconfig}: NR_CPUS of a kernel for many processors, as distributions' are. */
  private static final int MOST_CPUS = 8192;

  private final Path system;

  /**
   * A reader.
   *
   * @param system the folder {@code /sys/devices/system}, or one that looks like it
   */
  public SysDevices(Path system) {
    this.system = system;
  }

  /** The processors that can ever be there. Never empty: see {@link #onlineCpus}. */
  public BitSet possibleCpus() {
    BitSet possible = list("cpu/possible");
    return possible.isEmpty() ? onlineCpus() : possible;
  }

  /**
   * The processors that work now. Where {@code /sys} is hidden, as many as Java may use, from 0 on.
   */
  public BitSet onlineCpus() {
    BitSet online = list("cpu/online");
    if (online.isEmpty()) {
      online.set(0, Runtime.getRuntime().availableProcessors());
    }
    return online;
  }

  /** The nodes that have memory. A kernel without NUMA has no such folder: then it is node 0. */
  public BitSet memoryNodes() {
    BitSet nodes = list("node/has_memory");
    if (nodes.isEmpty()) {
      nodes.set(0);
    }
    return nodes;
  }

  /** How many processors this kernel is built for: {@code NR_CPUS}. */
  public int mostCpus() {
    BitSet last = list("cpu/kernel_max");
    return last.isEmpty() ? MOST_CPUS : last.length();
  }

  /**
   * The level of the scheduling domain that has all processors. Domains are the threads of a core,
   * processors with the same last cache, those in the same package, and all.
   */
  public int lastDomainLevel() {
    BitSet online = onlineCpus();
    int level = 0;
    while (level < DOMAINS.size() && !list(firstCpu(online, DOMAINS.get(level))).equals(online)) {
      level++;
    }
    return level;
  }

  private static String firstCpu(BitSet online, String file) {
    return "cpu/cpu" + online.nextSetBit(0) + "/" + file;
  }

  /** The list in a file; empty if it cannot be read. */
  private BitSet list(String file) {
    try {
      return parse(Files.readString(system.resolve(file), ISO_8859_1));
    } catch (IOException hiddenOrWithoutNuma) {
      return new BitSet();
    }
  }

  /** Reads what the kernel printed: numbers and ranges, commas between them, or nothing. */
  static BitSet parse(String text) {
    BitSet ids = new BitSet();
    Matcher range = Syntax.RANGE.matcher(text);
    while (range.find()) {
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      ids.set(first, last + 1);
    }
    return ids;
  }
}
