package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.kernel.TcpMemLimits;

/** {@code sim.tcp.mem}: the model's {@code net.ipv4.tcp_mem}, three page counts. Stateless. */
record TcpMemHandler() implements Handler {

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.COMMAND;
  }

  @Override
  public String read(Target target) {
    return target.tree().machine().memPages() + "\n";
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    String text = KernelText.strip(KernelText.of(written));
    String[] words = text.split("[ \t]+", -1);
    if (words.length != 3 || !text.matches("[0-9 \t]{1,60}")) {
      throw invalid(text);
    }
    long[] pages = new long[3];
    for (int i = 0; i < 3; i++) {
      if (words[i].length() > 15) {
        throw invalid(text);
      }
      pages[i] = Long.parseLong(words[i]);
    }
    if (pages[0] > pages[1] || pages[1] > pages[2]) {
      throw invalid(text);
    }
    target.tree().machine().setMemPages(new TcpMemLimits(pages[0], pages[1], pages[2]));
  }

  private static ErrnoException invalid(String text) {
    return new ErrnoException(
        Errno.EINVAL,
        "\"%s\" is no tcp_mem: write three ascending page counts, low pressure high, such as 1000 2000 3000"
            .formatted(text));
  }
}
