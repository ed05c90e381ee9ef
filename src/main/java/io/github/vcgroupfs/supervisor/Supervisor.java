package io.github.vcgroupfs.supervisor;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.PathFd;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.seccomp.Arch;
import io.github.vcgroupfs.seccomp.Call;
import io.github.vcgroupfs.seccomp.Filter;
import io.github.vcgroupfs.seccomp.Listener;
import io.github.vcgroupfs.seccomp.Notification;
import io.github.vcgroupfs.seccomp.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers system calls of processes that are to see our hierarchies as their machine's. Nearly all
 * calls are let through at once, by the threads that receive them. The few that may be about
 * hierarchies are answered by threads of their own, since a path can lead through a file system
 * that does not answer.
 *
 * <p><b>Threading:</b> {@link #start} and {@link #awaitEnd} belong to one thread.
 */
public final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private static final int RECEIVERS = 2;

  private static final long CLONE_NEWCGROUP = 0x02000000; // include/uapi/linux/sched.h

  /** struct open_how: {@code include/uapi/linux/openat2.h}. */
  private static final int OPEN_HOW_BYTES = 24;

  private static final int RESOLVE = 16;
  private static final long RESOLVE_IN_ROOT = 0x10;

  private static final int MAX_PATH = 4096;
  private static final int MAX_TYPE = 64;

  private final OpenCall opens;
  private final StatfsCall statfs;
  private final MountCall mounts;
  private final CgroupNamespaces namespaces;
  private final Map<Call, Question> questions;
  private final ExecutorService slow;
  private final CountDownLatch receiving = new CountDownLatch(RECEIVERS);

  /** A supervisor of processes that are to believe in that machine. */
  public Supervisor(VirtualHost host) {
    ProcFs proc = new ProcReader("/proc");
    this.namespaces = new CgroupNamespaces(host);
    this.opens = new OpenCall(host, namespaces, proc);
    this.statfs = new StatfsCall(host, proc);
    this.mounts = new MountCall(host, namespaces, proc);
    this.questions = questions();
    this.slow =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "supervisor");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The filter that processes must have. The kernel decides by it which calls are told; calls that
   * are common and cannot be about hierarchies are not.
   */
  public static Filter filter() {
    return Filter.of(
        List.of(
            Rule.ask(Call.OPENAT).unless(2, OpenFlags.NOT_READING),
            Rule.ask(Call.OPEN).unless(1, OpenFlags.NOT_READING),
            Rule.ask(Call.OPENAT2),
            Rule.ask(Call.STATFS),
            Rule.ask(Call.FSTATFS),
            Rule.ask(Call.MOUNT),
            Rule.ask(Call.FSOPEN),
            Rule.ask(Call.UNSHARE).onlyIf(0, CLONE_NEWCGROUP),
            // its opens would not be told; programs do without where it is forbidden
            Rule.refuse(Call.IO_URING_SETUP, Errno.ENOSYS),
            // they would list the mounts as the kernel has them; tools read /proc then
            Rule.refuse(Call.STATMOUNT, Errno.ENOSYS),
            Rule.refuse(Call.LISTMOUNT, Errno.ENOSYS)));
  }

  /** Begins to answer. */
  public void start(Listener listener) {
    for (int i = 0; i < RECEIVERS; i++) {
      Thread thread = new Thread(() -> receive(listener), "seccomp");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Does what an answer needs, but answers nobody, to load the classes for it. */
  public void rehearse() {
    int self = (int) ProcessHandle.current().pid();
    opens.rehearse(self);
    StatfsCall.rehearse();
  }

  /**
   * Waits until no process has the filter any more.
   *
   * @return whether that is so; false after the time
   */
  public boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
    return receiving.await(time, unit);
  }

  private void receive(Listener listener) {
    try {
      Notification call = listener.receive();
      while (call != null) {
        take(call);
        call = listener.receive();
      }
    } catch (RuntimeException | Error defect) { // a thread of ours: nobody else would tell
      LOG.error("calls of the command are not answered any more", defect);
    } finally {
      receiving.countDown();
    }
  }

  private void take(Notification call) {
    try {
      Handler handler = handler(call);
      if (handler == null) {
        call.proceed();
      } else {
        slow.execute(() -> handle(call, handler));
      }
    } catch (RuntimeException defect) {
      LOG.error("{} cannot be answered, so the kernel does", call, defect);
      call.proceed();
    }
  }

  private static void handle(Notification call, Handler handler) {
    try {
      handler.answer(call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.proceed();
    } catch (RuntimeException defect) {
      LOG.error("{} cannot be answered, so the kernel does", call, defect);
      call.proceed();
    }
  }

  /** What is done with a call that takes longer. */
  private interface Handler {
    void answer(Notification call) throws InterruptedException;
  }

  /** Says what is done with a call; null: it is none of ours. */
  private interface Question {
    @Nullable Handler handler(Notification call);
  }

  /** For each call that {@link #filter} asks about. */
  private Map<Call, Question> questions() {
    Map<Call, Question> all = new EnumMap<>(Call.class);
    all.put(
        Call.OPENAT,
        call -> open((int) call.argument(0), call.readString(call.argument(1), MAX_PATH), call, 2));
    all.put(
        Call.OPEN,
        call -> open(PathFd.AT_FDCWD, call.readString(call.argument(0), MAX_PATH), call, 1));
    all.put(Call.OPENAT2, this::openHow);
    // the structure of 32-bit programs is another, and none of them has been seen to ask
    all.put(Call.STATFS, call -> call.arch() == Arch.I386 ? null : statfs::answer);
    all.put(Call.FSTATFS, call -> call.arch() == Arch.I386 ? null : statfs::answerOpen);
    all.put(Call.MOUNT, call -> mounts::answer);
    all.put(Call.FSOPEN, Supervisor::fsopen);
    all.put(Call.UNSHARE, call -> answered -> namespaces.making(answered.tid(), answered::proceed));
    return all;
  }

  /** This is on the way of every open, so it must be fast. */
  private @Nullable Handler handler(Notification call) {
    Question question = questions.get(call.call());
    return question == null ? null : question.handler(call);
  }

  private @Nullable Handler open(int folder, @Nullable String path, Notification call, int flags) {
    return open(folder, path, new OpenFlags(call.argument(flags)));
  }

  private @Nullable Handler open(int folder, @Nullable String path, OpenFlags flags) {
    return path != null && ProcFile.isPossible(path) && flags.isReading()
        ? call -> opens.answer(call, folder, path, flags)
        : null;
  }

  /** openat2(2): its flags are in the caller's memory. */
  private @Nullable Handler openHow(Notification call) {
    String path = call.readString(call.argument(1), MAX_PATH);
    if (path == null || !ProcFile.isPossible(path)) {
      return null;
    }
    byte[] bytes = call.readBytes(call.argument(2), OPEN_HOW_BYTES);
    if (bytes == null) {
      return null;
    }
    ByteBuffer how = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    boolean inRoot = (how.getLong(RESOLVE) & RESOLVE_IN_ROOT) != 0;
    // a slash at the beginning means the given folder then; what is below is the same
    String relative = inRoot ? path.replaceFirst("^/+", "") : path;
    return open((int) call.argument(0), relative, new OpenFlags(how.getLong(0)));
  }

  /**
   * fsopen(2) of type {@code cgroup}: mount(8) tries it before mount(2), and takes the second when
   * there is no such call. LXC asks once, without a type, whether there is.
   */
  private static @Nullable Handler fsopen(Notification call) {
    String type = call.readString(call.argument(0), MAX_TYPE);
    return type == null || type.equals("cgroup") ? answered -> answered.fail(Errno.ENOSYS) : null;
  }
}
