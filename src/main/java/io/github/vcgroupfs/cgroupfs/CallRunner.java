package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.call.CallSubject;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.journal.Recorder;
import io.github.vcgroupfs.cgroupfs.path.Node;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Carries out calls. Every call that can be refused comes through here, so this class does what
 * comes before and after the work itself:
 *
 * <ol>
 *   <li>{@code sim.fault} may delay the call, shorten it or refuse it;
 *   <li>the work is done;
 *   <li>a write waits until the events that it caused have arrived at the clients;
 *   <li>the outcome is recorded;
 *   <li>release agents are called for groups that the call has emptied.
 * </ol>
 *
 * <p>Thread-safe.
 */
final class CallRunner {
  private final CgroupTree tree;
  private final Faults faults;
  private final Recorder recorder;
  private final List<CallListener> listeners = new CopyOnWriteArrayList<>();

  CallRunner(CgroupTree tree, Faults faults, Recorder recorder) {
    this.tree = tree;
    this.faults = faults;
    this.recorder = recorder;
  }

  void addListener(CallListener listener) {
    listeners.add(listener);
  }

  /** What a call does. */
  interface Work<T> {
    T run() throws ErrnoException;
  }

  /** What a call does that is about a number of bytes. */
  interface SizedWork<T> {
    T run(int mostBytes) throws ErrnoException;
  }

  /** Carries out a call on what a path leads to. */
  <T> T run(FsCall call, Caller caller, Node node, Work<T> work) throws ErrnoException {
    return run(new CallSubject(call, caller, node.group(), node.path(), null), work);
  }

  /** Carries out a call. */
  <T> T run(CallSubject subject, Work<T> work) throws ErrnoException {
    return run(subject, Integer.MAX_VALUE, mostBytes -> work.run());
  }

  /** Carries out a call that {@code sim.fault} may shorten. */
  <T> T run(CallSubject subject, int sizeBytes, SizedWork<T> work) throws ErrnoException {
    T result;
    try {
      result = work(subject, sizeBytes, work);
    } catch (ErrnoException refusal) {
      recorder.refused(subject, refusal);
      tell(subject, refusal);
      tree.releases().deliver();
      throw refusal;
    }
    recorder.succeeded(subject);
    tell(subject, null);
    tree.releases().deliver();
    return result;
  }

  private void tell(CallSubject subject, @Nullable ErrnoException refusal) {
    for (CallListener each : listeners) {
      each.called(subject, refusal);
    }
  }

  private <T> T work(CallSubject subject, int sizeBytes, SizedWork<T> work) throws ErrnoException {
    int mostBytes =
        faults.any() ? Math.min(sizeBytes, faults.strike(subject, recorder::describe)) : sizeBytes;
    try {
      return work.run(mostBytes);
    } finally {
      if (subject.call() == FsCall.WRITE) {
        tree.events().notifier().settle();
      }
    }
  }
}
