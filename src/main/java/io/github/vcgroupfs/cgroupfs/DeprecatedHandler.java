package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file whose first write is a warning in the kernel's log, {@code pr_warn_once}, and so one in
 * ours: once a mount, as there it is once a boot. All else is the file's own handler's.
 *
 * <p>Thread-safe.
 */
final class DeprecatedHandler implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(DeprecatedHandler.class);

  private final Handler handler;
  private final KernelFeature warns;
  private final String name;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * A file that may be deprecated.
   *
   * @param handler what stands behind it
   * @param warns the feature with which the kernel warns
   * @param name of the file
   */
  DeprecatedHandler(Handler handler, KernelFeature warns, String name) {
    this.handler = handler;
    this.warns = warns;
    this.name = name;
  }

  @Override
  public ReadShape readShape() {
    return handler.readShape();
  }

  @Override
  public WriteShape writeShape() {
    return handler.writeShape();
  }

  @Override
  public String read(Target target) throws ErrnoException {
    return handler.read(target);
  }

  @Override
  public int sizeBytes(Target target) throws ErrnoException {
    return handler.sizeBytes(target);
  }

  @Override
  public boolean differsByReader() {
    return handler.differsByReader();
  }

  @Override
  public boolean isFolder() {
    return handler.isFolder();
  }

  @Override
  public Set<Errno> errors() {
    return handler.errors();
  }

  @Override
  public Restoring restoring() {
    return handler.restoring();
  }

  @Override
  public void restore(Target target, String recorded) {
    handler.restore(target, recorded);
  }

  @Override
  public boolean agrees(Target target, String recorded) throws ErrnoException {
    return handler.agrees(target, recorded);
  }

  @Override
  public String showRecorded(String recorded, Target target) throws ErrnoException {
    return handler.showRecorded(recorded, target);
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    handler.write(target, written);
    if (target.tree().profile().has(warns) && warned.compareAndSet(false, true)) {
      LOG.warn("{} is deprecated: {} says so once, too", name, target.tree().profile());
    }
  }
}
