package io.github.vcgroupfs.memcg.files;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;

/** {@code sim.tcp.mem}: the model's {@code net.ipv4.tcp_mem}, three page counts. Stateless. */
final class TcpMemFile implements ServedFile {
  private final TcpMachine machine;

  /** The file that shows and sets the limits of that machine. */
  TcpMemFile(TcpMachine machine) {
    this.machine = machine;
  }

  @Override
  public String read(Cgroup group, Caller caller) {
    return machine.memPages() + "\n";
  }

  @Override
  public void write(Cgroup group, Writer writer, String written) throws ErrnoException {
    writer.sharing().rights().requireUserTraffic(writer.caller(), Served.TCP_MEM.fullName());
    String text = KernelText.strip(written);
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
    machine.setMemPages(new TcpMemLimits(pages[0], pages[1], pages[2]));
  }

  private static ErrnoException invalid(String text) {
    return new ErrnoException(
        Errno.EINVAL,
        "\"%s\" is no tcp_mem: write three ascending page counts, low pressure high, such as 1000 2000 3000"
            .formatted(text));
  }
}
