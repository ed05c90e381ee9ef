package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;

/**
 * For a {@code sim.*} file: passes each call on to the object that serves the file in this mount.
 */
public final class ServedHandler implements Handler {
  private final Served which;
  private final WriteShape writeShape;

  /**
   * A handler for one such file.
   *
   * @param which the file
   * @param writeShape COMMAND, or NONE if it can only be read
   */
  public ServedHandler(Served which, WriteShape writeShape) {
    this.which = which;
    this.writeShape = writeShape;
  }

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return writeShape;
  }

  @Override
  public String read(FileTarget target) {
    return target.mount().served(which).read(target.group(), target.caller());
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    MountView mount = target.mount();
    Writer writer = new Writer(target.caller(), mount.sharing(), mount.inodes());
    mount.served(which).write(target.group(), writer, KernelText.of(written));
  }
}
