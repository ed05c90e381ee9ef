package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A call that was made, and how it ended. Immutable.
 *
 * @param number which call of the mount it was, from 1 on
 * @param atNs when it was over, in nanoseconds of the mount's clock since the mount was made
 * @param caller who made it
 * @param call what was called
 * @param path from the root of its hierarchy, as the caller gave it; one char for each byte
 * @param argument the text that was written, one char for each byte, or a second path, or null
 * @param errno the error; null: it succeeded
 * @param why the sentence that explains the error
 * @param hierarchy which hierarchy of the mount
 */
public record LoggedCall(
    long number,
    long atNs,
    Caller caller,
    FsCall call,
    String path,
    @Nullable String argument,
    @Nullable Errno errno,
    String why,
    int hierarchy) {}
