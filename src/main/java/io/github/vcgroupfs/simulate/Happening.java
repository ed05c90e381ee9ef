package io.github.vcgroupfs.simulate;

import io.github.vcgroupfs.kernel.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A thing that a scenario did at one moment. Immutable.
 *
 * @param ms virtual milliseconds since the start
 * @param group the group's path, without a slash in front
 * @param what which thing
 * @param value what was written: a number, a command, or three page counts with spaces
 * @param refusal why the kernel would have refused it; null: it is done
 */
public record Happening(
    double ms, String group, Action what, String value, @Nullable Errno refusal) {}
