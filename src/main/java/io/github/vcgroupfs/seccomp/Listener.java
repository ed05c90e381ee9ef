package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the notifications of one {@link Filter} arrive. Thread-safe: several threads may receive,
 * each gets other notifications.
 */
public final class Listener implements AutoCloseable {
  private final int fd;
  private final Exchanges exchanges;
  private final CallTable calls = new CallTable();

  /** Held while a notification is taken, so that nobody waits in the kernel for a taken one. */
  private final Object taking = new Object();

  /** A listener that the kernel has made. */
  Listener(int fd) {
    this.fd = fd;
    exchanges = new Exchanges(fd);
    exchanges.mine().wakeSynchronously();
  }

  /**
   * Why no listener can be had, a sentence; empty if one can. Nothing is installed, but for a
   * process that has filters already: then a thread tries it, and ends.
   */
  public static Optional<String> obstacle() throws InterruptedException {
    Optional<String> obstacle = Installation.obstacle();
    return obstacle.isEmpty() && Installation.hasFilters() ? refusal() : obstacle;
  }

  private static Optional<String> refusal() throws InterruptedException {
    AtomicReference<Optional<String>> said = new AtomicReference<>(Optional.empty());
    Thread trial =
        new Thread(
            () -> {
              try {
                install(Filter.of(List.of())).close();
              } catch (SeccompException refused) {
                said.set(Optional.of(String.valueOf(refused.getMessage())));
              }
            },
            "trial");
    trial.start();
    trial.join();
    return Optional.ofNullable(said.get()).flatMap(found -> found);
  }

  /**
   * Puts a filter on the calling thread, and on all threads and processes that it starts from now
   * on. It can never be removed. Whatever this thread opens from now on waits for the supervisor:
   * see {@link Launch}, which is made for that.
   *
   * @throws SeccompException if the kernel does not, or there is a listener already
   */
  public static Listener install(Filter filter) throws SeccompException {
    Installation installation = new Installation(filter);
    int result = installation.perform();
    if (result < 0) {
      throw Installation.failure(result);
    }
    return new Listener(result);
  }

  /**
   * Waits for the next call that the filter asks about.
   *
   * @return null if no process can make one any more
   */
  public @Nullable Notification receive() {
    Exchange mine = exchanges.mine();
    while (true) {
      int ready = mine.poll(-1);
      if (Errno.EINTR.is(ready)) {
        continue;
      }
      if (ready < 0) {
        throw Requests.unexpected("poll", ready);
      }
      if (!mine.hasNotification()) {
        return null;
      }
      Notification taken = take(mine);
      if (taken != null) {
        return taken;
      }
    }
  }

  /** Null if another thread was faster, or the caller has gone. */
  private @Nullable Notification take(Exchange mine) {
    synchronized (taking) {
      if (mine.poll(0) <= 0 || !mine.hasNotification()) {
        return null;
      }
      int result = mine.receive();
      if (Errno.ENOENT.is(result) || Errno.EINTR.is(result)) {
        return null;
      }
      if (result < 0) {
        throw Requests.unexpected("SECCOMP_IOCTL_NOTIF_RECV", result);
      }
    }
    ByteBuffer notif = mine.received();
    int number = notif.getInt(Requests.NUMBER);
    int audit = notif.getInt(Requests.ARCH);
    Arch arch = Arch.of(audit);
    Call call = arch == null ? null : calls.call(arch, number);
    if (arch == null || call == null) {
      throw new IllegalStateException(
          "a notification for call %d of arch %x, which no rule can be about"
              .formatted(number, audit));
    }
    return new Notification(exchanges, arch, call, notif);
  }

  /**
   * Gives up listening. Calls that wait, and all that come later, fail with ENOSYS.
   *
   * <p>Preconditions: no thread receives.
   */
  @Override
  public void close() {
    Libc.close(fd);
  }
}
