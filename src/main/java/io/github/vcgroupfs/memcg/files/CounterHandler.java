package io.github.vcgroupfs.memcg.files;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Numeric;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.kernel.LimitParser;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.UsageView;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * One handler for the seventeen counter files: {@code mem_cgroup_read}, {@code mem_cgroup_write},
 * {@code mem_cgroup_reset}. Stateless.
 */
final class CounterHandler implements Restorable, Numeric {
  /** {@code PAGE_COUNTER_MAX} in bytes, the lesser of the two. */
  private static final BigInteger LEAST_UNLIMITED = BigInteger.valueOf(0x7ffffffffffff000L);

  private final CounterKind kind;
  private final Attribute attribute;

  /**
   * A handler for one number of one counter.
   *
   * @param kind the counter
   * @param attribute the number
   */
  CounterHandler(CounterKind kind, Attribute attribute) {
    this.kind = kind;
    this.attribute = attribute;
  }

  @Override
  public ReadShape readShape() {
    return ReadShape.NUMBER;
  }

  @Override
  public WriteShape writeShape() {
    return switch (attribute) {
      case LIMIT, SOFT_LIMIT -> WriteShape.STRING;
      // two usage files can be set, and no others: rulings.md, injected usage
      case USAGE ->
          switch (kind) {
            case MEMORY, KMEM -> WriteShape.STRING;
            case MEMSW, TCP -> WriteShape.NONE;
          };
      case MAX_USAGE, FAILCNT -> WriteShape.RESET;
    };
  }

  @Override
  public String read(FileTarget target) {
    return Long.toUnsignedString(number(target)) + "\n";
  }

  @Override
  public long number(FileTarget target) {
    MemCgroup group = MemoryTarget.group(target);
    CounterEra era = target.tree().profile().era();
    return switch (attribute) {
      case LIMIT -> UsageView.limitBytes(group, kind);
      case SOFT_LIMIT -> era.toBytes(group.softLimit());
      case USAGE -> era.toBytes(UsageView.usage(group, kind));
      case MAX_USAGE -> era.toBytes(group.counter(kind).watermark());
      case FAILCNT -> group.counter(kind).failcnt();
    };
  }

  @Override
  public Restoring restoring() {
    return switch (attribute) {
      case LIMIT, SOFT_LIMIT -> Restoring.LIMITS;
      case USAGE ->
          switch (kind) {
            case MEMORY, KMEM -> Restoring.USAGE;
            case MEMSW, TCP -> Restoring.NEVER;
          };
      case MAX_USAGE, FAILCNT -> Restoring.RECORDS;
    };
  }

  @Override
  public void restore(FileTarget target, String recorded) throws ErrnoException {
    if (!agrees(target, recorded)) {
      restoreNumber(target, recorded);
    }
  }

  /**
   * No limit is another number in another counter era; both are no limit. A usage that only its
   * members raise to a page goes on from what is charged.
   */
  @Override
  public boolean agrees(FileTarget target, String recorded) {
    String now = read(target);
    return now.equals(recorded)
        || (restoring() == Restoring.LIMITS && isUnlimited(now) && isUnlimited(recorded))
        || (attribute == Attribute.USAGE && isCharged(target, KernelText.strip(recorded)));
  }

  private boolean isCharged(FileTarget target, String number) {
    CounterEra era = target.tree().profile().era();
    return switch (kind) {
      case MEMORY, MEMSW ->
          number.equals(
              Long.toUnsignedString(era.toBytes(UsageView.charged(MemoryTarget.group(target)))));
      case KMEM, TCP -> false;
    };
  }

  private void restoreNumber(FileTarget target, String recorded) throws ErrnoException {
    MemoryController memory = MemoryTarget.memory(target);
    MemCgroup group = MemoryTarget.group(target);
    String number = KernelText.strip(recorded);
    byte[] bytes =
        (restoring() == Restoring.LIMITS && isUnlimited(recorded) ? "-1" : number)
            .getBytes(StandardCharsets.ISO_8859_1);
    switch (attribute) {
      case LIMIT -> memory.setLimit(group, kind, limit(memory, bytes));
      case SOFT_LIMIT -> memory.setSoftLimit(group, limit(memory, bytes));
      case USAGE -> memory.setUsage(group, kind, usage(memory, bytes));
      case MAX_USAGE -> group.counter(kind).restoreWatermark(usage(memory, bytes));
      case FAILCNT -> group.counter(kind).restoreFailcnt(Long.parseUnsignedLong(number));
    }
  }

  /** {@code RESOURCE_MAX} of either era, and what lies between them. */
  private static boolean isUnlimited(String text) {
    String number = KernelText.strip(text);
    return number.matches("[0-9]{1,20}") && new BigInteger(number).compareTo(LEAST_UNLIMITED) >= 0;
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    MemoryController memory = MemoryTarget.memory(target);
    MemCgroup group = MemoryTarget.group(target);
    switch (attribute) {
      case LIMIT -> memory.setLimit(group, kind, limit(memory, written));
      case SOFT_LIMIT -> memory.setSoftLimit(group, limit(memory, written));
      case USAGE -> memory.setUsage(group, kind, usage(memory, written));
      case MAX_USAGE -> memory.resetWatermark(group, kind);
      case FAILCNT -> memory.resetFailcnt(group, kind);
    }
  }

  private long limit(MemoryController memory, byte[] written) throws ErrnoException {
    long units = memory.profile().limits().parse(written);
    // tcp_update_limit of the res_counter era cuts down what rounding carried over RESOURCE_MAX;
    // the other limits keep it
    CounterEra era = memory.profile().era();
    boolean over = Long.compareUnsigned(units, era.unlimited()) > 0;
    return kind == CounterKind.TCP && over ? era.unlimited() : units;
  }

  private static long usage(MemoryController memory, byte[] written) throws ErrnoException {
    LimitParser parser = memory.profile().limits();
    if (parser.isMinusOne(written)) {
      throw new ErrnoException(
          Errno.EINVAL, "-1 is no usage: write the number of bytes that the file shall show");
    }
    return parser.parse(written);
  }
}
