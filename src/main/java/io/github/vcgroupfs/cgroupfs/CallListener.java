package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroupfs.call.CallSubject;
import io.github.vcgroupfs.kernel.ErrnoException;
import org.jspecify.annotations.Nullable;

/** Is told of every call that was made, by the thread that made it, before its caller knows. */
public interface CallListener {
  /**
   * A call is over.
   *
   * @param refusal what the caller gets; null: it succeeded
   */
  void called(CallSubject subject, @Nullable ErrnoException refusal);
}
