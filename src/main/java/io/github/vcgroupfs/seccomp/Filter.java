package io.github.vcgroupfs.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A program for the kernel that decides about each system call. What no rule is about is allowed.
 *
 * <p>The arguments are read only where a rule for that number needs them. So the kernel can tell
 * from the number alone that another call is always allowed, and since Linux 5.11 it keeps a bitmap
 * of these and does not run the program for them: {@code kernel/seccomp.c seccomp_is_const_allow}.
 * On older kernels, and for the calls that have rules, the first rule of the table is tried first,
 * and the others are found in a tree.
 *
 * <p>Immutable.
 */
public final class Filter {
  static final int RET_ALLOW = 0x7fff0000; // include/uapi/linux/seccomp.h

  // include/uapi/linux/bpf_common.h
  static final int LOAD = 0x20;
  static final int JUMP = 0x05;
  static final int JUMP_EQUAL = 0x15;
  static final int JUMP_NOT_LESS = 0x35;
  static final int JUMP_ANY_BIT = 0x45;
  static final int RETURN = 0x06;

  // offsets in struct seccomp_data
  static final int NUMBER = 0;
  static final int ARCH = 4;
  static final int ARGUMENTS = 16;

  static final int INSTRUCTION_BYTES = 8;

  /** Numbers of programs with 32-bit pointers on x86-64. */
  private static final int X32 = 0x40000000;

  private static final int FARTHEST = 255;

  private final byte[] program;

  private record Step(int code, int whenTrue, int whenFalse, int value) {}

  private Filter(byte[] program) {
    this.program = program;
  }

  /**
   * A program that follows rules.
   *
   * @param rules at most one for a call; the one for the most frequent call first
   */
  public static Filter of(List<Rule> rules) {
    Set<Call> seen = new HashSet<>();
    for (Rule rule : rules) {
      if (!seen.add(rule.call())) {
        throw new IllegalArgumentException("two rules for " + rule.call());
      }
    }
    List<Step> steps = new ArrayList<>();
    steps.add(load(ARCH));
    for (Arch arch : Arch.values()) {
      List<Step> section = section(arch, rules);
      steps.add(new Step(JUMP_EQUAL, 1, 0, arch.audit()));
      steps.add(new Step(JUMP, 0, 0, section.size()));
      steps.addAll(section);
    }
    steps.add(give(RET_ALLOW));
    return new Filter(bytes(steps));
  }

  /** The instructions, an array of {@code struct sock_filter}. */
  byte[] program() {
    return program.clone();
  }

  private static List<Step> section(Arch arch, List<Rule> rules) {
    List<Rule> here = rules.stream().filter(rule -> rule.call().number(arch) >= 0).toList();
    List<Step> steps = new ArrayList<>();
    steps.add(load(NUMBER));
    if (arch == Arch.X86_64) {
      steps.add(jump(JUMP_NOT_LESS, 0, 1, X32));
      steps.add(give(RET_ALLOW));
    }
    if (!here.isEmpty()) {
      List<Step> first = body(here.get(0));
      steps.add(jump(JUMP_EQUAL, 0, first.size(), here.get(0).call().number(arch)));
      steps.addAll(first);
    }
    List<Rule> others =
        here.stream()
            .skip(1)
            .sorted((a, b) -> Integer.compare(a.call().number(arch), b.call().number(arch)))
            .toList();
    steps.addAll(others.isEmpty() ? List.of(give(RET_ALLOW)) : tree(arch, others));
    return steps;
  }

  /** Halves the numbers until one is left. */
  private static List<Step> tree(Arch arch, List<Rule> sorted) {
    List<Step> steps = new ArrayList<>();
    if (sorted.size() == 1) {
      List<Step> body = body(sorted.get(0));
      steps.add(jump(JUMP_EQUAL, 0, body.size(), sorted.get(0).call().number(arch)));
      steps.addAll(body);
      steps.add(give(RET_ALLOW));
      return steps;
    }
    int middle = sorted.size() / 2;
    List<Step> left = tree(arch, sorted.subList(0, middle));
    steps.add(jump(JUMP_NOT_LESS, left.size(), 0, sorted.get(middle).call().number(arch)));
    steps.addAll(left);
    steps.addAll(tree(arch, sorted.subList(middle, sorted.size())));
    return steps;
  }

  /** What is done when the number is that of a rule. It always ends with an answer. */
  private static List<Step> body(Rule rule) {
    if (rule.mask() == 0) {
      return List.of(give(rule.action()));
    }
    List<Step> steps = new ArrayList<>();
    int low = (int) rule.mask();
    int high = (int) (rule.mask() >>> Integer.SIZE);
    int place = ARGUMENTS + Long.BYTES * rule.argument(); // the low word is first
    if (low != 0) {
      steps.add(load(place));
      steps.add(jump(JUMP_ANY_BIT, high == 0 ? 1 : 3, 0, low));
    }
    if (high != 0) {
      steps.add(load(place + Integer.BYTES));
      steps.add(jump(JUMP_ANY_BIT, 1, 0, high));
    }
    steps.add(give(rule.whenSet() ? RET_ALLOW : rule.action()));
    steps.add(give(rule.whenSet() ? rule.action() : RET_ALLOW));
    return steps;
  }

  private static Step load(int offset) {
    return new Step(LOAD, 0, 0, offset);
  }

  private static Step give(int answer) {
    return new Step(RETURN, 0, 0, answer);
  }

  private static Step jump(int code, int whenTrue, int whenFalse, int value) {
    if (whenTrue > FARTHEST || whenFalse > FARTHEST) {
      throw new IllegalArgumentException(
          "too many rules: a jump over %d steps, the kernel has at most %d"
              .formatted(Math.max(whenTrue, whenFalse), FARTHEST));
    }
    return new Step(code, whenTrue, whenFalse, value);
  }

  private static byte[] bytes(List<Step> steps) {
    ByteBuffer bytes =
        ByteBuffer.allocate(steps.size() * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
    for (Step step : steps) {
      bytes.putShort((short) step.code());
      bytes.put((byte) step.whenTrue()).put((byte) step.whenFalse()).putInt(step.value());
    }
    return bytes.array();
  }
}
