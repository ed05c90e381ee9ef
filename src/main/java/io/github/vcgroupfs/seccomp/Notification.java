package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.kernel.Errno;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A system call that waits for an answer. Exactly one of the four answers is given, by any thread.
 * If the caller has gone meanwhile, an answer does nothing.
 *
 * <p><b>What can be believed.</b> The number and the arguments are copies, and stay. The thread id
 * is that of the caller only while {@link #isValid} says so: a caller that is killed frees its
 * number, and another process may get it. So who reads anything by that number, its memory or its
 * files in {@code /proc}, asks {@code isValid} <em>afterwards</em>, and throws away what was read
 * if the answer is no.
 *
 * <p>Even then, memory is what it was at that moment: another thread of the caller can write into
 * it at any time, also between a check of ours and the kernel's own reading after {@link #proceed}.
 * So {@code proceed} never means "this is harmless", and nothing that matters for safety may be
 * decided from memory. Either we do the whole call for the caller from what we read, or the kernel
 * does it from what it reads.
 */
public final class Notification {
  private static final int O_CLOEXEC = 02000000;
  private static final int ARGUMENTS = 6;

  private final Exchanges exchanges;
  private final long id;
  private final int tid;
  private final Arch arch;
  private final Call call;
  private final long[] arguments = new long[ARGUMENTS];
  private final AtomicBoolean answered = new AtomicBoolean();

  /** Takes everything out of a {@code struct seccomp_notif}. */
  Notification(Exchanges exchanges, Arch arch, Call call, ByteBuffer notif) {
    this.exchanges = exchanges;
    this.arch = arch;
    this.call = call;
    id = notif.getLong(Requests.ID);
    tid = notif.getInt(Requests.PID);
    for (int i = 0; i < ARGUMENTS; i++) {
      arguments[i] = notif.getLong(Requests.ARGUMENTS + i * Long.BYTES);
    }
  }

  /** The kernel's number of this notification; never used twice for one listener. */
  public long id() {
    return id;
  }

  /** The calling thread, as numbered in our pid namespace; 0 if it has no number there. */
  public int tid() {
    return tid;
  }

  /** How it calls the kernel. */
  public Arch arch() {
    return arch;
  }

  /** Which call it is. */
  public Call call() {
    return call;
  }

  /**
   * An argument.
   *
   * @param index from 0 to 5
   */
  public long argument(int index) {
    return arguments[index];
  }

  /** Whether the caller is still there and waits. */
  public boolean isValid() {
    return exchanges.mine().isValid(id);
  }

  /**
   * Reads a string of the caller, one char for each byte. Ask {@link #isValid} afterwards.
   *
   * @param maxBytes with the NUL at its end
   * @return null if there is no readable string of that size, or we may not read
   */
  public @Nullable String readString(long address, int maxBytes) {
    return tid == 0 ? null : exchanges.mine().memory().readString(tid, address, maxBytes);
  }

  /**
   * Reads memory of the caller. Ask {@link #isValid} afterwards.
   *
   * @return null if not all of it is readable, or we may not read
   */
  public byte @Nullable [] readBytes(long address, int size) {
    return tid == 0 ? null : exchanges.mine().memory().read(tid, address, size);
  }

  /**
   * Writes into memory of the caller. Ask {@link #isValid} before: what is written into a wrong
   * process cannot be taken back.
   *
   * @return whether all was written
   */
  public boolean writeBytes(long address, byte[] bytes) {
    return tid != 0 && exchanges.mine().memory().write(tid, address, bytes);
  }

  /** Lets the kernel do the call. It reads the memory of the caller itself, now. */
  public void proceed() {
    send(0, 0, Requests.FLAG_CONTINUE);
  }

  /** Answers an error. */
  public void fail(Errno errno) {
    fail(errno.number());
  }

  /**
   * Answers an error.
   *
   * @param errno its number, positive
   */
  public void fail(int errno) {
    send(0, -errno, 0);
  }

  /** Answers a result, 0 for most calls. */
  public void succeed(long value) {
    send(value, 0, 0);
  }

  /**
   * Gives the caller a new descriptor for a file that we have open, and answers its number. If the
   * caller has too many open, it gets that error. Not for descriptors with {@code O_PATH}: the
   * kernel takes none (EBADF).
   *
   * <p>Before Linux 5.14 this takes two steps. A signal between them leaves the descriptor with the
   * caller, which knows nothing of it.
   */
  public void answerFd(int ourFd, boolean closeOnExec) {
    once();
    int flags = closeOnExec ? O_CLOEXEC : 0;
    int result = exchanges.addFd(id, ourFd, flags);
    if (Errno.EMFILE.is(result) || Errno.ENFILE.is(result)) {
      require("SECCOMP_IOCTL_NOTIF_SEND", exchanges.mine().send(id, 0, result, 0));
    } else {
      require("SECCOMP_IOCTL_NOTIF_ADDFD", result);
    }
  }

  private void send(long value, int error, int flags) {
    once();
    require("SECCOMP_IOCTL_NOTIF_SEND", exchanges.mine().send(id, value, error, flags));
  }

  private void once() {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "%s was answered before: one answer is allowed".formatted(this));
    }
  }

  /** That the caller has gone is no error. */
  private static void require(String what, int result) {
    if (result < 0 && !Errno.ENOENT.is(result)) {
      throw Requests.unexpected(what, result);
    }
  }

  @Override
  public String toString() {
    return "%s of thread %d (%s), notification %x".formatted(call, tid, arch, id);
  }
}
