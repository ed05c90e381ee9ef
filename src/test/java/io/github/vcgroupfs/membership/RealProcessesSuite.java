package io.github.vcgroupfs.membership;

import static io.github.vcgroupfs.cgroup.Membership.Scope.PROCESS;
import static io.github.vcgroupfs.cgroup.Membership.Scope.THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes of this machine, moved in the model only, whoever keeps the members. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
abstract class RealProcessesSuite {
  private static final int US = Math.toIntExact(ProcessHandle.current().pid());
  private static final Caller CALLER = new Caller(0, 0, US);

  private Membership membership;
  private CgroupTree tree;
  private Process shell;

  /** A back end. */
  abstract Membership newMembership() throws IOException;

  @BeforeEach
  void makeTree() throws IOException {
    membership = newMembership();
    tree = new CgroupTree(Profiles.LWN_2011, List.of(), membership, Notifier.NONE);
  }

  @AfterEach
  void endTheShell() throws InterruptedException {
    if (membership != null) {
      membership.close();
    }
    if (shell != null) {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly().waitFor();
    }
  }

  /** A shell that forks when told, tells the child's id, and ends at the end of its input. */
  private int start() throws IOException {
    shell =
        new ProcessBuilder(
                "sh", "-c", "while read line; do sleep 60 & echo $!; done; kill $!; wait")
            .start();
    return (int) shell.pid();
  }

  private int fork() throws IOException {
    shell.getOutputStream().write('\n');
    shell.getOutputStream().flush();
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII), 16);
    return Integer.parseInt(reader.readLine());
  }

  @Test
  void aShellItsChildAndTheirEnd() throws Exception {
    Cgroup group = tree.mkdir(tree.root(), "a");
    int parent = start();
    tree.attach(group, parent, PROCESS, CALLER);
    int child = fork();

    assertThat(membership.list(group, PROCESS)).containsExactlyInAnyOrder(parent, child).isSorted();
    assertThat(membership.list(group, THREAD)).containsExactlyInAnyOrder(parent, child);
    assertThat(membership.list(tree.root(), PROCESS))
        .contains((int) ProcessHandle.current().pid())
        .doesNotContain(parent, child);
    assertThat(membership.describe(parent)).isEqualTo("sh[" + parent + "]");
    assertThat(catchThrowableOfType(ErrnoException.class, () -> tree.rmdir(group)).errno())
        .isEqualTo(Errno.EBUSY);

    shell.getOutputStream().close();
    assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();

    assertThat(membership.isPopulated(group)).isFalse();
    tree.rmdir(group);
    assertThat(
            catchThrowableOfType(
                    ErrnoException.class, () -> tree.attach(tree.root(), parent, PROCESS, CALLER))
                .errno())
        .isEqualTo(Errno.ESRCH);
  }

  @Test
  void threadsOfThisProcess() throws Exception {
    Cgroup group = tree.mkdir(tree.root(), "a");
    int self = (int) ProcessHandle.current().pid();
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    int[] tid = new int[1];
    Thread thread =
        new Thread(
            () -> {
              try {
                tid[0] = threadId();
                begun.countDown();
                end.await();
              } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
              }
            });
    thread.start();
    begun.await();

    tree.attach(group, 0, THREAD, new Caller(0, 0, tid[0]));

    assertThat(membership.list(group, THREAD)).containsExactly(tid[0]);
    assertThat(membership.list(group, PROCESS)).containsExactly(self);
    assertThat(membership.list(tree.root(), THREAD)).contains(self).doesNotContain(tid[0]);
    assertThat(membership.list(tree.root(), PROCESS)).contains(self);
    assertThat(membership.describe(tid[0])).endsWith("[" + self + "]");
    end.countDown();
    thread.join();
    while (Files.exists(Path.of("/proc/" + tid[0]))) {
      Thread.onSpinWait(); // Java's thread ends a little before Linux's
    }
    assertThat(membership.isPopulated(group)).isFalse();
  }

  private static int threadId() throws IOException {
    return Integer.parseInt(
        Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString());
  }

  @Test
  void anotherUsersProcessStays() throws Exception {
    Cgroup group = tree.mkdir(tree.root(), "a");
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Caller stranger = new Caller(uid + 1, 0, US);
    int parent = start();

    ErrnoException refusal =
        catchThrowableOfType(
            ErrnoException.class, () -> tree.attach(group, parent, PROCESS, stranger));

    assertThat(refusal.errno()).isEqualTo(Errno.EACCES);
    tree.attach(group, parent, PROCESS, new Caller(uid, 0, US));
    assertThat(membership.list(group, PROCESS)).containsExactly(parent);
  }
}
