package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.kernel.LimitParser;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * One handler for the seventeen counter files: {@code mem_cgroup_read}, {@code mem_cgroup_write},
 * {@code mem_cgroup_reset}. Stateless.
 */
record CounterHandler(CounterKind kind, Attribute attribute) implements Handler {
  /** {@code PAGE_COUNTER_MAX} in bytes, the lesser of the two. */
  private static final BigInteger LEAST_UNLIMITED = BigInteger.valueOf(0x7ffffffffffff000L);

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

  /** {@code mem_cgroup_resize_max} gives up, {@code memcg_update_kmem_max} is gone. */
  @Override
  public Set<Errno> errors() {
    return switch (attribute) {
      case LIMIT -> Set.of(Errno.EBUSY, Errno.EOPNOTSUPP);
      case SOFT_LIMIT -> Set.of(Errno.EOPNOTSUPP);
      case USAGE, MAX_USAGE, FAILCNT -> Set.of();
    };
  }

  @Override
  public String read(Target target) {
    Hierarchy tree = target.tree();
    MemCgroup group = target.group();
    CounterEra era = tree.profile().era();
    long value =
        switch (attribute) {
          case LIMIT -> tree.limitBytes(group, kind);
          case SOFT_LIMIT -> era.toBytes(group.softLimit());
          case USAGE -> era.toBytes(tree.usage(group, kind));
          case MAX_USAGE -> era.toBytes(group.counter(kind).watermark());
          case FAILCNT -> group.counter(kind).failcnt();
        };
    return Long.toUnsignedString(value) + "\n";
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
  public void restore(Target target, String recorded) {
    if (!agrees(target, recorded)) {
      Restored.tryTo(() -> restoreNumber(target, recorded));
    }
  }

  /** No limit is another number in another counter era; both are no limit. */
  @Override
  public boolean agrees(Target target, String recorded) {
    String now = read(target);
    return now.equals(recorded)
        || (restoring() == Restoring.LIMITS && isUnlimited(now) && isUnlimited(recorded));
  }

  private void restoreNumber(Target target, String recorded) throws ErrnoException {
    Hierarchy tree = target.tree();
    MemCgroup group = target.group();
    String number = KernelText.strip(recorded);
    byte[] bytes =
        (restoring() == Restoring.LIMITS && isUnlimited(recorded) ? "-1" : number)
            .getBytes(StandardCharsets.ISO_8859_1);
    switch (attribute) {
      case LIMIT -> tree.setLimit(group, kind, limit(tree, bytes));
      case SOFT_LIMIT -> tree.setSoftLimit(group, limit(tree, bytes));
      case USAGE -> tree.setUsage(group, kind, usage(tree, bytes));
      case MAX_USAGE -> group.counter(kind).restoreWatermark(usage(tree, bytes));
      case FAILCNT -> group.counter(kind).restoreFailcnt(Long.parseUnsignedLong(number));
    }
  }

  /** {@code RESOURCE_MAX} of either era, and what lies between them. */
  private static boolean isUnlimited(String text) {
    String number = KernelText.strip(text);
    return number.matches("[0-9]{1,20}") && new BigInteger(number).compareTo(LEAST_UNLIMITED) >= 0;
  }

  @Override
  public void write(Target target, byte[] written) throws ErrnoException {
    Hierarchy tree = target.tree();
    MemCgroup group = target.group();
    switch (attribute) {
      case LIMIT -> tree.setLimit(group, kind, limit(tree, written));
      case SOFT_LIMIT -> tree.setSoftLimit(group, limit(tree, written));
      case USAGE -> tree.setUsage(group, kind, usage(tree, written));
      case MAX_USAGE -> tree.resetWatermark(group, kind);
      case FAILCNT -> tree.resetFailcnt(group, kind);
    }
  }

  private long limit(Hierarchy tree, byte[] written) throws ErrnoException {
    long units = tree.profile().limits().parse(written);
    // tcp_update_limit of the res_counter era cuts down what rounding carried over RESOURCE_MAX;
    // the other limits keep it
    CounterEra era = tree.profile().era();
    boolean over = Long.compareUnsigned(units, era.unlimited()) > 0;
    return kind == CounterKind.TCP && over ? era.unlimited() : units;
  }

  private static long usage(Hierarchy tree, byte[] written) throws ErrnoException {
    LimitParser parser = tree.profile().limits();
    if (parser.isMinusOne(written)) {
      throw new ErrnoException(
          Errno.EINVAL, "-1 is no usage: write the number of bytes that the file shall show");
    }
    return parser.parse(written);
  }
}
