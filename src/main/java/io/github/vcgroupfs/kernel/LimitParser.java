package io.github.vcgroupfs.kernel;

/**
 * Reads the text of a limit in bytes, as a kernel of that time does, and gives it in the counter's
 * unit. Has no state.
 *
 * @param era the era whose rounding and largest value apply
 * @param suffixes the suffix letters that the kernel knows, ascending: {@code KMG} or {@code
 *     KMGTPE}
 */
public record LimitParser(CounterEra era, String suffixes) {

  /**
   * Reads a limit.
   *
   * @param written the bytes of the write; everything after a NUL is ignored
   * @return the limit in the era's unit, unsigned; {@code -1} gives {@link CounterEra#unlimited()}
   * @throws ErrnoException EINVAL if it is not a number, or if anything follows the number
   */
  public long parse(byte[] written) throws ErrnoException {
    String text = KernelText.strip(KernelText.of(written));
    if (isMinusOne(text)) {
      return era.unlimited();
    }
    Memparse parsed = Memparse.withSuffix(text, 0, suffixes);
    if (parsed.end() != text.length()) {
      throw new ErrnoException(
          Errno.EINVAL,
          "\"%s\" is no byte count: write a number with at most one suffix out of %s, or -1 for no limit"
              .formatted(text, suffixes));
    }
    return era.limitOfBytes(parsed.value());
  }

  /** Whether this text means "no limit". */
  public boolean isMinusOne(byte[] written) {
    return isMinusOne(KernelText.strip(KernelText.of(written)));
  }

  private boolean isMinusOne(String text) {
    return switch (era) {
      // res_counter_memparse_write_strategy: '-', then simple_strtoull in base 10 must give 1
      case RES_COUNTER -> text.startsWith("-") && Memparse.decimalIs(text, 1, 1);
      // page_counter_memparse: strcmp(buf, "-1")
      case PAGE_COUNTER -> text.equals("-1");
    };
  }
}
