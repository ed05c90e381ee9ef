package io.github.vcgroupfs.os;

import io.github.vcgroupfs.kernel.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of all threads of this machine, from {@code perf_event_open(2)}: one event that counts
 * nothing for each processor, with records of {@code fork}, {@code exit} and {@code exec}. Nobody
 * else can see that they are there. They need CAP_PERFMON, or {@code
 * /proc/sys/kernel/perf_event_paranoid} at 0 or less.
 *
 * <p>The kernel writes a record before the call that it is about ends ({@code copy_process} and
 * {@code do_exit} in {@code perf_event_task}). So whoever looks afterwards finds it. The records of
 * the processors are put in order by their times, which are those of one clock.
 */
public final class PerfRings implements TaskEvents {
  private static final Logger LOG = LoggerFactory.getLogger(PerfRings.class);
  private static final Path ONLINE = Path.of("/sys/devices/system/cpu/online");

  /** Numbers of the call; all other machines that we know have the common one. */
  private static final Map<String, Long> PERF_EVENT_OPEN =
      Map.of("amd64", 298L, "aarch64", 241L, "riscv64", 241L, "loongarch64", 241L);

  // struct perf_event_attr of Linux 4.1: clockid is its last field
  private static final int ATTRIBUTE_BYTES = 96;
  private static final int PERF_TYPE_SOFTWARE = 1;
  private static final long PERF_COUNT_SW_DUMMY = 9;
  private static final long PERF_SAMPLE_TIME = 4;
  private static final long EXCLUDE_KERNEL = 1 << 5;
  private static final long EXCLUDE_HV = 1 << 6;
  private static final long WITH_COMM = 1 << 9;
  private static final long WITH_TASK = 1 << 13;
  private static final long WATERMARK = 1 << 14;
  private static final long SAMPLE_ID_ALL = 1 << 18;
  private static final long COMM_EXEC = 1 << 24;
  private static final long USE_CLOCKID = 1 << 25;
  private static final int CLOCK_MONOTONIC = 1;

  /** About 6,500 births or ends on one processor until somebody must look. */
  private static final int RING_BYTES = 256 * 1024;

  /** So much of a ring wakes whoever waits. */
  private static final int WATERMARK_BYTES = RING_BYTES / 4;

  /** How often we look whether processors have come or gone. */
  private static final long CPUS_PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int POLLFD_BYTES = 8;
  private static final int NO_TIME_LIMIT = -1;
  private static final short POLLIN = 1;
  private static final short POLLERR = 8;
  private static final short POLLHUP = 16;

  private final LongSupplier nanoTime;
  private final int pageBytes;
  private final int wakeFd;

  /** By number of processor. */
  private final Map<Integer, Open> rings = new TreeMap<>();

  private volatile int[] polled = new int[0];

  /** Whether an event does not live any more, so that others must be opened. */
  private volatile boolean broken;

  private long nextLookAtCpus;
  private boolean complained;
  private boolean closed;

  /** The ring of one processor, its memory and its descriptor. */
  private record Open(int fd, NativeMemory memory, PerfRing ring) {}

  private PerfRings(LongSupplier nanoTime, int pageBytes, int wakeFd) {
    this.nanoTime = nanoTime;
    this.pageBytes = pageBytes;
    this.wakeFd = wakeFd;
  }

  /**
   * Begins to listen.
   *
   * @param nanoTime a clock that never goes back
   * @throws IOException if the kernel does not let us, with the reason
   */
  public static PerfRings open(LongSupplier nanoTime) throws IOException {
    PerfRings rings =
        new PerfRings(nanoTime, PerfCalls.pageSize(), require("eventfd", PerfCalls.eventfd()));
    try {
      for (int cpu : online()) {
        rings.listen(cpu);
      }
      if (rings.rings.isEmpty()) {
        throw new IOException("none of the processors in " + ONLINE + " is online");
      }
    } catch (IOException e) {
      rings.close();
      throw e;
    }
    rings.nextLookAtCpus = nanoTime.getAsLong() + CPUS_PERIOD_NS;
    return rings;
  }

  private static int require(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(
          ("this kernel or user has no events of tasks (%s: %s); they need CAP_PERFMON, or"
                  + " /proc/sys/kernel/perf_event_paranoid at 0 or less")
              .formatted(call, Libc.text(result)));
    }
    return result;
  }

  /** The processors that run: numbers and ranges, "0-3,8". */
  private static Set<Integer> online() throws IOException {
    Set<Integer> cpus = new TreeSet<>();
    for (String range : Files.readString(ONLINE).strip().split(",", -1)) {
      String[] ends = range.split("-", -1);
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int cpu = first; cpu <= last; cpu++) {
        cpus.add(cpu);
      }
    }
    return cpus;
  }

  private void listen(int cpu) throws IOException {
    Long number = PERF_EVENT_OPEN.get(System.getProperty("os.arch"));
    if (number == null) {
      throw new IOException(
          "the number of perf_event_open is not known for " + System.getProperty("os.arch"));
    }
    int fd = PerfCalls.perfEventOpen(number, attributes(), cpu);
    if (Errno.ENODEV.is(fd)) {
      return; // it has gone meanwhile
    }
    require("perf_event_open", fd);
    NativeMemory memory = PerfCalls.map(fd, pageBytes + RING_BYTES);
    if (memory == null) {
      Libc.close(fd);
      throw new IOException(
          "the kernel gives no %d bytes for the events of processor %d: raise"
                  .formatted(RING_BYTES, cpu)
              + " /proc/sys/kernel/perf_event_mlock_kb");
    }
    rings.put(cpu, new Open(fd, memory, new PerfRing(memory, pageBytes, RING_BYTES)));
    polled = rings.values().stream().mapToInt(Open::fd).toArray();
  }

  private static byte[] attributes() {
    ByteBuffer attributes = ByteBuffer.allocate(ATTRIBUTE_BYTES).order(ByteOrder.nativeOrder());
    attributes.putInt(0, PERF_TYPE_SOFTWARE);
    attributes.putInt(4, ATTRIBUTE_BYTES);
    attributes.putLong(8, PERF_COUNT_SW_DUMMY);
    attributes.putLong(24, PERF_SAMPLE_TIME);
    attributes.putLong(
        40,
        EXCLUDE_KERNEL
            | EXCLUDE_HV
            | WITH_COMM
            | WITH_TASK
            | WATERMARK
            | SAMPLE_ID_ALL
            | COMM_EXEC
            | USE_CLOCKID);
    attributes.putInt(48, WATERMARK_BYTES);
    attributes.putInt(92, CLOCK_MONOTONIC);
    return attributes.array();
  }

  /*
   * A record on one processor can be the effect of one on another: a child is born here and forks
   * there. The cause was written before the effect began. We look at all rings twice. The first
   * look may find an effect whose cause it has missed, on a ring that it came to too early. The
   * second look has the cause. So what both found is handed over, and of what only the second found
   * that which is not younger than the youngest of the first.
   */
  @Override
  public void drain(Sink sink) {
    if (closed) {
      return; // somebody asks while the program ends
    }
    boolean lost = followCpus();
    boolean news = false;
    long until = 0;
    for (Open each : rings.values()) {
      each.ring().look();
    }
    for (Open each : rings.values()) {
      if (!each.ring().isEmpty()) {
        long last = each.ring().lastTime();
        until = news ? Math.max(until, last) : last;
        news = true;
      }
    }
    if (news) {
      for (Open each : rings.values()) {
        each.ring().look();
        lost |= each.ring().isFull();
      }
      deliver(sink, until);
    }
    if (lost) {
      sink.lost();
    }
  }

  private void deliver(Sink sink, long until) {
    for (PerfRing next = earliest(until); next != null; next = earliest(until)) {
      next.deliverNext(sink);
    }
    rings.values().forEach(each -> each.ring().release());
  }

  private @Nullable PerfRing earliest(long until) {
    PerfRing earliest = null;
    for (Open each : rings.values()) {
      PerfRing ring = each.ring();
      if (!ring.isEmpty()
          && ring.nextTime() <= until
          && (earliest == null || ring.nextTime() < earliest.nextTime())) {
        earliest = ring;
      }
    }
    return earliest;
  }

  /** Opens what is missing; tells whether something was, so that events may have been lost. */
  private boolean followCpus() {
    long now = nanoTime.getAsLong();
    if (!broken && now - nextLookAtCpus < 0) {
      return false;
    }
    nextLookAtCpus = now + CPUS_PERIOD_NS;
    boolean changed = false;
    try {
      Set<Integer> online = online();
      boolean all = broken;
      broken = false;
      for (Iterator<Map.Entry<Integer, Open>> each = rings.entrySet().iterator();
          each.hasNext(); ) {
        Map.Entry<Integer, Open> ring = each.next();
        if (all || !online.contains(ring.getKey())) {
          end(ring.getValue());
          each.remove();
          changed = true;
        }
      }
      for (int cpu : online) {
        if (!rings.containsKey(cpu)) {
          listen(cpu);
          changed = true;
        }
      }
    } catch (IOException e) {
      complain(e);
      changed = true;
    }
    if (changed) {
      wake(); // whoever waits must wait for the others
    }
    return changed;
  }

  private void complain(IOException e) {
    if (!complained) {
      complained = true;
      LOG.warn("processors that came later tell nothing: {}", e.getMessage());
    }
  }

  @Override
  public void await() {
    List<Integer> fds = new ArrayList<>(List.of(wakeFd));
    for (int fd : polled) {
      fds.add(fd);
    }
    try (NativeMemory pollfds = NativeMemory.allocate(POLLFD_BYTES * fds.size())) {
      for (int i = 0; i < fds.size(); i++) {
        pollfds.putInt((long) POLLFD_BYTES * i, fds.get(i));
        pollfds.putInt((long) POLLFD_BYTES * i + 4, POLLIN);
      }
      PerfCalls.await(pollfds, fds.size(), NO_TIME_LIMIT);
      if ((pollfds.getShort(6) & POLLIN) != 0) {
        PerfCalls.reset(wakeFd);
      }
      for (int i = 1; i < fds.size(); i++) {
        if ((pollfds.getShort((long) POLLFD_BYTES * i + 6) & (POLLERR | POLLHUP)) != 0) {
          broken = true;
        }
      }
      if (broken) { // it may be broken again at once
        PerfCalls.await(pollfds, 1, (int) TimeUnit.NANOSECONDS.toMillis(CPUS_PERIOD_NS));
      }
    }
  }

  @Override
  public void wake() {
    Libc.add(wakeFd, 1);
  }

  @Override
  public void close() {
    closed = true;
    rings.values().forEach(this::end);
    rings.clear();
    Libc.close(wakeFd);
  }

  private void end(Open ring) {
    PerfCalls.unmap(ring.memory(), pageBytes + RING_BYTES);
    Libc.close(ring.fd());
  }
}
