package io.github.vcgroupfs.top;

/**
 * The signs of which pictures are made. Immutable.
 *
 * @param branch before a child in the tree
 * @param lastBranch before the last child
 * @param trunk before what is below a child that is not the last
 * @param bar how full a cell of a bar can be: from the least to a whole one
 * @param ellipsis where a text was cut
 * @param line of which a line across the screen is made
 */
record Signs(
    String branch, String lastBranch, String trunk, String bar, String ellipsis, String line) {
  /** For a terminal whose charset has them. */
  static final Signs UNICODE = new Signs("├─", "└─", "│ ", "▏▎▍▌▋▊▉█", "…", "─");

  static final Signs ASCII = new Signs("|-", "`-", "| ", "|", "~", "-");

  /** A share of one as a bar in so many cells. */
  String bar(double share, int cells) {
    int steps = bar.length();
    double full = Math.max(0, Math.min(1, share)) * cells;
    int whole = (int) full;
    int rest = (int) ((full - whole) * steps);
    StringBuilder out = new StringBuilder();
    out.append(bar.substring(steps - 1).repeat(whole));
    if (rest > 0 && steps > 1) {
      out.append(bar.charAt(rest - 1));
    }
    return out.append(" ".repeat(cells - out.length())).toString();
  }
}
