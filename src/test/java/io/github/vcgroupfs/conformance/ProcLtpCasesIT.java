package io.github.vcgroupfs.conformance;

import org.junit.jupiter.api.Tag;

/** The cases over mounts that tell members from {@code /proc}. */
@Tag("programs")
class ProcLtpCasesIT extends MountLtpCasesIT {
  @Override
  String membership() {
    return "proc";
  }
}
