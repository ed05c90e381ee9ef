package io.github.vcgroupfs.cpuset;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.kernel.NumberLists;
import java.nio.charset.StandardCharsets;

/**
 * For {@code cpuset.cpus} and {@code cpuset.mems}: shows and sets a list, such as {@code 0-3,8}.
 * Has no state.
 */
final class ListHandler implements Restorable {
  private final Resource resource;

  ListHandler(Resource resource) {
    this.resource = resource;
  }

  @Override
  public ReadShape readShape() {
    return ReadShape.LIST;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.LIST;
  }

  /** {@code cpuset_common_seq_show}, or {@code cpuset_common_file_read} of 3.x. */
  @Override
  public String read(FileTarget target) {
    return NumberLists.show(CpusetGroup.of(target.group()).settings().list(resource)) + "\n";
  }

  /** {@code cpuset_write_resmask}. */
  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    CpusetController controller = target.tree().controller(CpusetController.class);
    int most = mostBytes(target, controller);
    if (written.length > most) {
      throw new ErrnoException(
          Errno.E2BIG,
          "%d bytes in one write; this list takes %d at most".formatted(written.length, most));
    }
    String text = KernelText.strip(KernelText.of(written));
    controller.setList(target.group(), resource, text);
  }

  /** {@code cgroup_write_string} of 3.x keeps room for a NUL; kernfs makes some. */
  private int mostBytes(FileTarget target, CpusetController controller) {
    int most = controller.mostBytes(resource);
    return switch (target.tree().profile().files().snapshot()) {
      case EVERY_READ -> most - 1;
      case UNTIL_REWOUND -> most;
    };
  }

  @Override
  public Restoring restoring() {
    return Restoring.LIMITS;
  }

  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    write(target, recorded.getBytes(StandardCharsets.ISO_8859_1));
  }
}
