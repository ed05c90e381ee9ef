package io.github.vcgroupfs.benchmarks;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.Membership;
import io.github.vcgroupfs.memcg.ModelListener;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What accounting costs a socket: a buffer of 16 KiB is queued for sending, queued at the receiver
 * and freed at both, as often as a connection does. Each thread has a socket of its own, in one
 * group.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class SocketBenchmark {
  private static final int TRUESIZE = 16_384 + 832;

  /** A tree with a group at some depth. */
  @State(Scope.Benchmark)
  public static class Tree {
    /** none: no accounting code; off: nobody has a limit; on: unlimited; limited. */
    @Param({"none", "off", "on", "limited"})
    public String accounting;

    @Param({"1", "10", "100", "1000"})
    public int depth;

    @Param("linux-6.18")
    public String profile;

    private MemCgroup group;
    private SockMemory memory;
    private Hierarchy tree;

    /** Makes the tree. */
    @Setup
    public void setUp() throws Exception {
      KernelProfile kernel = Profiles.byId(profile).orElseThrow().relaxed();
      tree = new Hierarchy(kernel, Membership.NOBODY, System::nanoTime, ModelListener.SILENT);
      group = tree.root();
      for (int i = 0; i < depth; i++) {
        group = tree.mkdir(group, "g");
      }
      if (accounting.equals("on")) {
        tree.setLimit(group, CounterKind.TCP, kernel.era().unlimited());
      } else if (accounting.equals("limited")) {
        tree.setLimit(group, CounterKind.TCP, kernel.era().limitOfBytes(1L << 30));
      }
      memory = SockMemory.of(tree);
    }
  }

  /** Two sockets, or two that know nothing of groups. */
  @State(Scope.Thread)
  public static class Connection {
    private Sock sender;
    private Sock receiver;
    private BareSock bareSender;
    private BareSock bareReceiver;

    /** Opens the sockets. */
    @Setup
    public void setUp(Tree tree) {
      if (tree.accounting.equals("none")) {
        BareRules rules = new BareRules(tree.tree);
        bareSender = new BareSock(rules);
        bareReceiver = new BareSock(rules);
        bareSender.setSndbuf(1 << 20);
      } else {
        sender = tree.memory.open(tree.group);
        receiver = tree.memory.open(tree.group);
        sender.setSndbuf(1 << 20);
      }
    }
  }

  /** Sends, receives, acknowledges and reads one buffer. */
  @Benchmark
  public boolean buffer(Connection connection) {
    Sock sender = connection.sender;
    if (sender == null) {
      return bare(connection);
    }
    Sock receiver = connection.receiver;
    boolean granted = sender.queueForSend(TRUESIZE) & receiver.scheduleReceive(TRUESIZE);
    receiver.queueReceived(TRUESIZE);
    sender.freeSent(TRUESIZE);
    receiver.freeReceived(TRUESIZE);
    return granted;
  }

  private static boolean bare(Connection connection) {
    BareSock sender = connection.bareSender;
    BareSock receiver = connection.bareReceiver;
    boolean granted = sender.queueForSend(TRUESIZE) & receiver.scheduleReceive(TRUESIZE);
    receiver.queueReceived(TRUESIZE);
    sender.freeSent(TRUESIZE);
    receiver.freeReceived(TRUESIZE);
    return granted;
  }
}
