package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;

/** A file that another package serves. */
record ServedHandler(ServedFile file) implements Handler {

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
    return file.read(target.group(), target.caller());
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    file.write(target.group(), KernelText.of(written));
  }
}
