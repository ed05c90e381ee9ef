package io.github.vcgroupfs.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a kernel did for some of its patch levels only. A profile stands for the later ones, so none
 * has it by itself; a fixture can ask for it. Immutable.
 */
public enum PatchLevel {
  /** Linux 4.19 until the end of 2018. */
  SILENT_OOM("silent-oom", KernelFeature.SILENT_OOM);

  private final String label;
  private final KernelFeature feature;

  PatchLevel(String label, KernelFeature feature) {
    this.label = label;
    this.feature = feature;
  }

  /** The name in a fixture. */
  public String label() {
    return label;
  }

  /** What a kernel of that patch level has. */
  public KernelFeature feature() {
    return feature;
  }

  /** The one with this name. */
  public static Optional<PatchLevel> byLabel(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }

  /** All names. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(PatchLevel::label).toList();
  }
}
