package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;
import java.util.function.Supplier;

/**
 * {@code sim.fault}: which calls fail. Stateless.
 *
 * @param faults what holds the rules
 * @param table the files that rules can name
 */
record FaultHandler(Faults faults, Supplier<FileTable> table) implements Handler {

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
    return faults.text(target.group());
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    String text = KernelText.of(written);
    faults.apply(target.group(), FaultLines.parse(text, table.get(), target.group().isRoot()));
  }
}
