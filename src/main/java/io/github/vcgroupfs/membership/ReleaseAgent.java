package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.ReleaseListener;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts release agents as the kernel does: with one argument, in {@code /}, and with only HOME and
 * PATH in the environment. {@code cgroup_release_agent}, {@code call_usermodehelper}.
 *
 * <p>Unlike Linux, only a few are started at the same time, and a limited number wait until one of
 * those has ended or has run for some seconds. Calls beyond that are dropped. Agents run as the
 * daemon's user, are its children, and are in its group.
 *
 * <p>Thread-safe. Only its own threads wait for an agent, because an agent may use the mount.
 */
public final class ReleaseAgent implements ReleaseListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseAgent.class);

  /** Agents at once. */
  private static final int MAX_RUNNING = 8;

  /** Calls that wait for one of those to end. */
  private static final int MAX_WAITING = 4096;

  private static final int IDLE_SECONDS = 10;

  /** An agent that runs longer runs on, but the next one does not wait for it any more. */
  private static final int MAX_SECONDS = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MAX_RUNNING,
          MAX_RUNNING,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_WAITING),
          ReleaseAgent::newThread);

  /** No agent is running yet, and no thread. */
  public ReleaseAgent() {
    threads.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "vcgroupfs-agent");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void released(String agent, String group) {
    try {
      threads.execute(() -> run(agent, group));
    } catch (RejectedExecutionException tooMany) {
      LOG.warn("release agent {} is not run for {}: too many are waiting", agent, group);
    }
  }

  /** Starts no more agents. Agents that are running go on. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  @SuppressWarnings("Interruption") // the thread ends with the pool
  private static void run(String agent, String group) {
    // The kernel does not search for a program; from / a relative path is one below it.
    String program = agent.startsWith("/") ? agent : "/" + agent;
    ProcessBuilder builder = new ProcessBuilder(program, group);
    builder.directory(new File("/"));
    builder.environment().clear();
    builder.environment().put("HOME", "/");
    builder.environment().put("PATH", "/sbin:/bin:/usr/sbin:/usr/bin");
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    builder.redirectOutput(Redirect.DISCARD);
    builder.redirectError(Redirect.DISCARD);
    try {
      Process process = builder.start();
      if (process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("release agent {} for {}: status {}", agent, group, process.exitValue());
      } else {
        LOG.info("release agent {} for {} runs on, {} s by now", agent, group, MAX_SECONDS);
      }
    } catch (IOException cannotStart) {
      LOG.debug("release agent {} for {} cannot be started", agent, group, cannotStart);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
