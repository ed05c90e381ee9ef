package io.github.vcgroupfs.conformance;

/** The cases over mounts that tell members from {@code /proc}. */
class ProcLtpCasesIT extends MountLtpCasesIT {
  @Override
  String membership() {
    return "proc";
  }
}
