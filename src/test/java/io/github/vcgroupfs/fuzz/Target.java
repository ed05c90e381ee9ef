package io.github.vcgroupfs.fuzz;

/**
 * A path to be used.
 *
 * @param label its kind, for the key of a call
 * @param path below the top of the hierarchy, one char a byte; never leads out of it
 * @param file the base name if it is that of a control file; else the label
 */
record Target(String label, String path, String file) {
  /** The label, coarse enough for calls that have two. */
  String coarse() {
    return switch (label) {
      case "file", "file/" -> "file";
      case "group/" -> "group";
      default -> label;
    };
  }

  /** Empty where the path has no slash before its last name. */
  String parent() {
    int slash = path.lastIndexOf('/', path.length() - 2);
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
