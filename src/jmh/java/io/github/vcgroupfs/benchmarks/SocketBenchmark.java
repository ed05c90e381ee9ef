package io.github.vcgroupfs.benchmarks;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.MemoryGlobals;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What accounting costs a socket: a buffer of 16 KiB is queued for sending, queued at the receiver
 * and freed at both, as often as a connection does. Each thread has connections of its own, in one
 * group.
 *
 * <p>A shared machine is half as fast for seconds at a time, so what is compared must run at the
 * same time: one process holds a contestant without accounting code and one of each depth, and they
 * take turns of a millisecond. Whose turn it is follows from the clock, so that threads agree on it
 * without speaking to each other. Each contestant's time and operations are counters beside the
 * score; the score itself means nothing. {@link SocketRatios} makes ratios of them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SocketBenchmark {
  /** The depths that are compared, levels below the root. */
  static final List<Integer> DEPTHS = List.of(1, 10, 100, 1000);

  private static final int TRUESIZE = 16_384 + 832;
  private static final int BUFFERS = 256;
  private static final int CONNECTIONS = 16;
  private static final int TURN_NS = 1_000_000;

  /** A tree with a group at some depth, for each depth. */
  @State(Scope.Benchmark)
  public static class Trees {
    /** off: nobody has a limit; on: unlimited; limited. */
    @Param({"off", "on", "limited"})
    public String accounting;

    @Param("linux-6.18")
    public String profile;

    private final MemCgroup[] groups = new MemCgroup[DEPTHS.size()];
    private final List<byte[]> gaps = new ArrayList<>();
    private MemoryGlobals bare;

    /** Makes the trees. */
    @Setup
    public void setUp() throws Exception {
      KernelProfile kernel = Profiles.byId(profile).orElseThrow().relaxed();
      Random random = new Random(System.nanoTime());
      List<CgroupTree> trees = new ArrayList<>();
      for (int i = 0; i <= groups.length; i++) {
        gaps.add(new byte[random.nextInt(256)]);
        MemoryController memory =
            new MemoryController(kernel, System::nanoTime, ModelListener.SILENT);
        trees.add(new CgroupTree(kernel, List.of(memory), Membership.NOBODY, Notifier.NONE));
      }
      Collections.shuffle(trees, random);
      bare = trees.get(groups.length).controller(MemoryController.class).globals();
      for (int i = 0; i < groups.length; i++) {
        CgroupTree tree = trees.get(i);
        MemoryController memory = tree.controller(MemoryController.class);
        Cgroup directory = tree.root();
        for (int level = 0; level < DEPTHS.get(i); level++) {
          directory = tree.mkdir(directory, "g");
        }
        MemCgroup group = MemCgroup.of(directory);
        if (accounting.equals("on")) {
          memory.setLimit(group, CounterKind.TCP, kernel.era().unlimited());
        } else if (accounting.equals("limited")) {
          memory.setLimit(group, CounterKind.TCP, kernel.era().limitOfBytes(1L << 30));
        }
        groups[i] = group;
      }
    }
  }

  /** Nanoseconds and operations: contestant 0 has no accounting code, then the depths in order. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Times {
    public long ns0;
    public long ns1;
    public long ns2;
    public long ns3;
    public long ns4;
    public long ops0;
    public long ops1;
    public long ops2;
    public long ops3;
    public long ops4;

    private void add(int contestant, long ns) {
      switch (contestant) {
        case 0 -> {
          ns0 += ns;
          ops0 += BUFFERS;
        }
        case 1 -> {
          ns1 += ns;
          ops1 += BUFFERS;
        }
        case 2 -> {
          ns2 += ns;
          ops2 += BUFFERS;
        }
        case 3 -> {
          ns3 += ns;
          ops3 += BUFFERS;
        }
        default -> {
          ns4 += ns;
          ops4 += BUFFERS;
        }
      }
    }
  }

  /** Connections of each contestant, a sender and a receiver each. */
  @State(Scope.Thread)
  public static class Connections {
    private final Sock[][] senders = new Sock[DEPTHS.size()][CONNECTIONS];
    private final Sock[][] receivers = new Sock[DEPTHS.size()][CONNECTIONS];
    private final BareSock[] bareSenders = new BareSock[CONNECTIONS];
    private final BareSock[] bareReceivers = new BareSock[CONNECTIONS];
    private final List<byte[]> gaps = new ArrayList<>();
    private int next;

    /**
     * Opens the sockets in any order and with gaps: where an object lies in a cache line or a page
     * is worth some per cent, and must not be worth them to the same one in every process.
     */
    @Setup
    public void setUp(Trees trees) {
      BareRules rules = BareRules.of(trees.bare);
      SockMemory[] memories = new SockMemory[DEPTHS.size()];
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i <= DEPTHS.size(); i++) {
        order.addAll(Collections.nCopies(CONNECTIONS, i));
        if (i > 0) {
          memories[i - 1] = SockMemory.of(trees.groups[i - 1].globals());
        }
      }
      Random random = new Random(System.nanoTime());
      Collections.shuffle(order, random);
      int[] made = new int[DEPTHS.size() + 1];
      for (int contestant : order) {
        gaps.add(new byte[random.nextInt(256)]);
        int i = made[contestant]++;
        if (contestant == 0) {
          bareSenders[i] = new BareSock(rules);
          bareReceivers[i] = new BareSock(rules);
          bareSenders[i].setSndbuf(1 << 20);
        } else {
          SockMemory memory = memories[contestant - 1];
          MemCgroup group = trees.groups[contestant - 1];
          Sock sender = memory.open(group);
          sender.setSndbuf(1 << 20);
          senders[contestant - 1][i] = sender;
          receivers[contestant - 1][i] = memory.open(group);
        }
      }
    }
  }

  /** A few buffers of whoever's turn it is. */
  @Benchmark
  @OperationsPerInvocation(BUFFERS)
  public boolean buffers(Connections connections, Times times) {
    long begin = System.nanoTime();
    int contestant = whoseTurn(begin);
    int i = connections.next++ & CONNECTIONS - 1;
    boolean granted =
        contestant == 0
            ? bare(connections.bareSenders[i], connections.bareReceivers[i])
            : counted(
                connections.senders[contestant - 1][i], connections.receivers[contestant - 1][i]);
    times.add(contestant, System.nanoTime() - begin);
    return granted;
  }

  /** In no regular order, so that nothing that is regular meets always the same one. */
  private static int whoseTurn(long ns) {
    long turn = ns / TURN_NS * 0x9E37_79B9_7F4A_7C15L;
    return (int) ((turn >>> 32) % (DEPTHS.size() + 1));
  }

  /** Sends, receives, acknowledges and reads each buffer. */
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static boolean counted(Sock sender, Sock receiver) {
    boolean granted = true;
    for (int i = 0; i < BUFFERS; i++) {
      granted &= sender.queueForSend(TRUESIZE) & receiver.scheduleReceive(TRUESIZE);
      receiver.queueReceived(TRUESIZE);
      sender.freeSent(TRUESIZE);
      receiver.freeReceived(TRUESIZE);
    }
    return granted;
  }

  /** The same, line by line. */
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static boolean bare(BareSock sender, BareSock receiver) {
    boolean granted = true;
    for (int i = 0; i < BUFFERS; i++) {
      granted &= sender.queueForSend(TRUESIZE) & receiver.scheduleReceive(TRUESIZE);
      receiver.queueReceived(TRUESIZE);
      sender.freeSent(TRUESIZE);
      receiver.freeReceived(TRUESIZE);
    }
    return granted;
  }
}
