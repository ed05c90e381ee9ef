/**
 * Makes the archive of classes in the download the same in each build. Not in the program's jar.
 *
 * <p><b>Start here:</b> {@code SameArchive}, a program of one file: {@code src/dist/archive.sh}
 * starts its source (decision 36).
 */
package io.github.vcgroupfs.archive;
