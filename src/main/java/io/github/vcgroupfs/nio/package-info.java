/**
 * Virtual control groups in this JVM, for tests of programs that read and write cgroup v1 files.
 *
 * <p><b>Start here:</b> {@link io.github.vcgroupfs.nio.VirtualCgroupFileSystem#builder}.
 */
@NullMarked
package io.github.vcgroupfs.nio;

import org.jspecify.annotations.NullMarked;
