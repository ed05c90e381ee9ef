package io.github.vcgroupfs.kernel;

import java.util.List;

/**
 * How a kernel's cgroup file system passes on and formats the text of its files.
 *
 * @param snapshot when the text of a number file is made
 * @param lengths the longest write for each kind of file
 * @param rootMode permission bits of the root directory
 * @param maxNameBytes the longest name that is looked up; a longer one is ENAMETOOLONG for every
 *     call
 * @param newlineInName whether mkdir allows a newline in a name
 * @param xattr which extended attributes are kept
 * @param pids how a process id is read
 * @param lists how a list of numbers is read
 * @param slabinfo what {@code memory.kmem.slabinfo} shows
 * @param statNames the lines of {@code memory.stat} about the group itself, in order
 */
public record FileRules(
    ReadSnapshot snapshot,
    WriteLengths lengths,
    int rootMode,
    int maxNameBytes,
    boolean newlineInName,
    XattrRule xattr,
    PidParser pids,
    ListParser lists,
    SlabinfoRule slabinfo,
    List<String> statNames) {

  FileRules withStat(List<String> names) {
    return new FileRules(
        snapshot,
        lengths,
        rootMode,
        maxNameBytes,
        newlineInName,
        xattr,
        pids,
        lists,
        slabinfo,
        names);
  }

  FileRules withSlabinfo(SlabinfoRule rule) {
    return new FileRules(
        snapshot,
        lengths,
        rootMode,
        maxNameBytes,
        newlineInName,
        xattr,
        pids,
        lists,
        rule,
        statNames);
  }

  FileRules withXattr(XattrRule rule) {
    return new FileRules(
        snapshot,
        lengths,
        rootMode,
        maxNameBytes,
        newlineInName,
        rule,
        pids,
        lists,
        slabinfo,
        statNames);
  }

  FileRules withLists(ListParser parser) {
    return new FileRules(
        snapshot,
        lengths,
        rootMode,
        maxNameBytes,
        newlineInName,
        xattr,
        pids,
        parser,
        slabinfo,
        statNames);
  }
}
