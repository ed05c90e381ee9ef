package io.github.vcgroupfs.rights;

import io.github.vcgroupfs.kernel.Caller;

/**
 * What is asked of a caller beside his user id. Thread-safe. A caller that cannot be looked at has
 * nothing: rights are not given on suspicion.
 */
public interface Tasks {
  /** Where nobody but the user id is known: in a hierarchy without real processes. */
  Tasks BY_USER =
      new Tasks() {
        @Override
        public boolean isAdmin(Caller caller) {
          return caller.uid() == 0;
        }

        @Override
        public boolean sharesNetwork(Caller caller) {
          return true;
        }
      };

  /** Whether he has CAP_SYS_ADMIN in this program's user namespace. */
  boolean isAdmin(Caller caller);

  /** Whether he is in this program's network namespace, so that he could connect by himself. */
  boolean sharesNetwork(Caller caller);
}
