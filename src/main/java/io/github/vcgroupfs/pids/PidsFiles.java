package io.github.vcgroupfs.pids;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.cgroupfs.file.ReportHandler;
import io.github.vcgroupfs.cgroupfs.file.Visibility;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.util.List;

/**
 * The table of files of the pids controller: {@code pids_files[]}. The root has none of these
 * files.
 */
public final class PidsFiles {
  private static final FileOwner OWNER = FileOwner.controller(PidsController.NAME);

  private PidsFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        row("max", new PidsMaxHandler(), Fidelity.STUB, "pids_max_write").build(),
        row(
                "current",
                NumberHandler.readOnly(target -> PidsGroup.of(target.group()).current()),
                Fidelity.REPORTED,
                "pids_current_read")
            .build(),
        row("peak", new PidsPeakHandler(), Fidelity.REPORTED, "pids_peak_read")
            .requiring(KernelFeature.PIDS_PEAK)
            .build(),
        // of real processes no fork is ever refused here
        row(
                "events",
                new ReportHandler(
                    target -> "max %d\n".formatted(PidsGroup.of(target.group()).refusals())),
                Fidelity.STUB,
                "pids_events_show")
            .requiring(KernelFeature.PIDS_EVENTS)
            .build());
  }

  private static ControlFile.Builder row(
      String name, Handler handler, Fidelity fidelity, String source) {
    return ControlFile.of(OWNER, name, handler, fidelity, source).visible(Visibility.NOT_ON_ROOT);
  }
}
