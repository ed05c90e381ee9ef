package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.vfs.OpenFile;

/**
 * What a channel is opened with. Immutable.
 *
 * @param file what is open
 * @param home the file system
 * @param readable whether it was opened for reading
 * @param writable whether it was opened for writing
 * @param append whether it was opened with APPEND
 */
record OpenChannel(
    OpenFile file, PathHome home, boolean readable, boolean writable, boolean append) {}
