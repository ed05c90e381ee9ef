package io.github.vcgroupfs.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program that the kernel gets, run by a machine of our own. */
class FilterTest {
  private static final int ALLOW = Filter.RET_ALLOW;
  private static final int ASK = Rule.RET_USER_NOTIF;
  private static final int NOSYS = Rule.RET_ERRNO | 38;
  private static final long NEWCGROUP = 0x02000000;

  private static final int X86_64 = 0xc000003e;
  private static final int I386 = 0x40000003;
  private static final int AARCH64 = 0xc00000b7;
  private static final int ARM = 0x40000028;

  private static final List<Rule> RULES =
      List.of(
          Rule.ask(Call.OPENAT),
          Rule.ask(Call.OPEN),
          Rule.ask(Call.OPENAT2),
          Rule.ask(Call.STATFS),
          Rule.ask(Call.FSTATFS),
          Rule.ask(Call.STATFS64),
          Rule.ask(Call.FSTATFS64),
          Rule.ask(Call.MOUNT),
          Rule.ask(Call.UMOUNT2),
          Rule.ask(Call.FSOPEN),
          Rule.ask(Call.UNSHARE).onlyIf(0, NEWCGROUP),
          Rule.ask(Call.CLONE).onlyIf(0, NEWCGROUP),
          Rule.refuse(Call.STATMOUNT, Errno.ENOSYS),
          Rule.refuse(Call.LISTMOUNT, Errno.ENOSYS));

  private static final FilterMachine MACHINE = new FilterMachine(Filter.of(RULES).program());

  private static int run(int arch, int number, long... arguments) {
    return MACHINE.run(number, arch, arguments);
  }

  @Test
  void eachArchHasItsOwnNumbers() {
    assertThat(run(X86_64, 257)).isEqualTo(ASK); // openat
    assertThat(run(X86_64, 2)).isEqualTo(ASK); // open
    assertThat(run(X86_64, 5)).isEqualTo(ALLOW); // fstat, which is open on i386
    assertThat(run(I386, 5)).isEqualTo(ASK);
    assertThat(run(I386, 295)).isEqualTo(ASK); // openat
    assertThat(run(I386, 2)).isEqualTo(ALLOW); // fork, which is open on x86-64
    assertThat(run(AARCH64, 56)).isEqualTo(ASK); // openat
    assertThat(run(AARCH64, 257)).isEqualTo(ALLOW);
    assertThat(run(I386, 268)).isEqualTo(ASK); // statfs64
    assertThat(run(AARCH64, 268)).isEqualTo(ALLOW); // setns
    assertThat(run(X86_64, 166)).isEqualTo(ASK); // umount2
    assertThat(run(I386, 52)).isEqualTo(ASK);
    assertThat(run(AARCH64, 39)).isEqualTo(ASK);
    for (int arch : new int[] {X86_64, I386, AARCH64}) {
      assertThat(run(arch, 437)).isEqualTo(ASK); // openat2
      assertThat(run(arch, 430)).isEqualTo(ASK); // fsopen
      assertThat(run(arch, 457)).isEqualTo(NOSYS); // statmount
      assertThat(run(arch, 458)).isEqualTo(NOSYS); // listmount
    }
  }

  @Test
  void otherArchesAndTheNumbersOfX32AreAllowed() {
    assertThat(run(ARM, 5)).isEqualTo(ALLOW);
    assertThat(run(0, 257)).isEqualTo(ALLOW);
    assertThat(run(X86_64, 0x40000000 | 257)).isEqualTo(ALLOW);
    assertThat(run(X86_64, 0x40000000 | 2)).isEqualTo(ALLOW);
    assertThat(run(X86_64, -1)).isEqualTo(ALLOW);
  }

  @Test
  void aBitOfAnArgumentDecides() {
    assertThat(run(X86_64, 272, 0)).isEqualTo(ALLOW); // unshare
    assertThat(run(X86_64, 272, 0x20000)).isEqualTo(ALLOW);
    assertThat(run(X86_64, 272, 0x20000 | NEWCGROUP)).isEqualTo(ASK);
    assertThat(run(X86_64, 272, NEWCGROUP << 32)).isEqualTo(ALLOW);
    assertThat(run(X86_64, 272, 0, NEWCGROUP)).isEqualTo(ALLOW);
    assertThat(run(I386, 120, NEWCGROUP | 17)).isEqualTo(ASK); // clone
    assertThat(run(AARCH64, 220, 17)).isEqualTo(ALLOW);
    assertThat(run(AARCH64, 220, NEWCGROUP)).isEqualTo(ASK);
  }

  /** Every place of the bits, against the same written in Java. */
  @Test
  void masksOfBothWordsAgreeWithJava() {
    long[] masks = {1, 1L << 31, 1L << 32, 1L << 63, 0x8000000000000001L, 0x0002000000020000L};
    SplittableRandom random = new SplittableRandom(7);
    for (long mask : masks) {
      for (int index = 0; index < 6; index++) {
        for (boolean set : new boolean[] {true, false}) {
          Rule ask = Rule.ask(Call.OPENAT);
          Rule rule = set ? ask.onlyIf(index, mask) : ask.unless(index, mask);
          FilterMachine machine = new FilterMachine(Filter.of(List.of(rule)).program());
          for (int i = 0; i < 200; i++) {
            long[] arguments = new long[6];
            for (int j = 0; j < 6; j++) {
              arguments[j] = random.nextLong();
            }
            boolean asks = (arguments[index] & mask) != 0 == set;
            assertThat(machine.run(257, X86_64, arguments))
                .as("%s of %x, mask %x", rule, arguments[index], mask)
                .isEqualTo(asks ? ASK : ALLOW);
          }
        }
      }
    }
  }

  @Test
  void aNumberThatNoRuleIsAboutIsAllowed() {
    for (Arch arch : Arch.values()) {
      for (int number = 0; number < 600; number++) {
        int wanted = ALLOW;
        for (Rule rule : RULES) {
          if (rule.call().number(arch) == number) {
            wanted = rule.action();
          }
        }
        assertThat(run(arch.audit(), number, -1L)).as("%s %d", arch, number).isEqualTo(wanted);
      }
    }
  }

  /** With every call in one table no jump is too far, and each is found. */
  @ParameterizedTest
  @EnumSource(Arch.class)
  void aTableOfAllCallsFindsEach(Arch arch) {
    List<Rule> rules = new ArrayList<>();
    for (Call call : Call.values()) {
      rules.add(Rule.ask(call).onlyIf(5, 0x8000000000000001L));
    }
    FilterMachine machine = new FilterMachine(Filter.of(rules).program());
    for (Call call : Call.values()) {
      if (call.number(arch) >= 0) {
        int number = call.number(arch);
        assertThat(machine.run(number, arch.audit(), 0, 0, 0, 0, 0, 1)).isEqualTo(ASK);
        assertThat(machine.run(number, arch.audit(), 0, 0, 0, 0, 0, 1L << 63)).isEqualTo(ASK);
        assertThat(machine.run(number, arch.audit(), 1, 1, 1, 1, 1, 2)).isEqualTo(ALLOW);
      }
    }
  }

  /** What a kernel pays that has no bitmap of allowed calls. */
  @Test
  void frequentCallsTakeFewInstructions() {
    int[] frequent = {0, 1, 3, 9, 202, 230, 232}; // read, write, close, mmap, futex, …
    for (int number : frequent) {
      run(X86_64, number);
      assertThat(MACHINE.steps()).as("call %d", number).isLessThanOrEqualTo(11);
    }
    run(X86_64, 257);
    assertThat(MACHINE.steps()).as("openat").isLessThanOrEqualTo(7);
  }

  /** Else the kernel cannot tell from the number that a call is always allowed, and is slower. */
  @Test
  void argumentsAreReadOnlyForNumbersThatNeedThem() {
    for (int number : new int[] {0, 1, 202, 257}) {
      run(X86_64, number);
      assertThat(MACHINE.readsArguments()).as("call %d", number).isFalse();
    }
    run(X86_64, 56);
    assertThat(MACHINE.readsArguments()).isTrue();
  }

  @Test
  void aCallHasOneRule() {
    List<Rule> twice = List.of(Rule.ask(Call.OPEN), Rule.refuse(Call.OPEN, Errno.EPERM));
    assertThatThrownBy(() -> Filter.of(twice)).hasMessageContaining("two rules for OPEN");
    assertThatThrownBy(() -> Rule.ask(Call.OPEN).onlyIf(6, 1)).hasMessageContaining("argument 6");
  }

  @Test
  void noTwoCallsHaveOneNumber() {
    CallTable table = new CallTable();
    for (Arch arch : Arch.values()) {
      for (Call call : Call.values()) {
        if (call.number(arch) >= 0) {
          assertThat(table.call(arch, call.number(arch))).isEqualTo(call);
        }
      }
      assertThat(table.call(arch, -1)).isNull();
      assertThat(table.call(arch, 1 << 20)).isNull();
      assertThat(Arch.of(arch.audit())).isEqualTo(arch);
    }
    assertThat(Arch.of(ARM)).isNull();
  }

  @Test
  void releasesAreCompared() {
    assertThat(Installation.isAtLeast("5.8.18-generic", 5, 9)).isFalse();
    assertThat(Installation.isAtLeast("4.19.0", 5, 9)).isFalse();
    assertThat(Installation.isAtLeast("5.9", 5, 9)).isTrue();
    assertThat(Installation.isAtLeast("5.10.0-30-amd64", 5, 9)).isTrue();
    assertThat(Installation.isAtLeast("6.1-rc3", 5, 9)).isTrue();
    assertThat(Installation.isAtLeast("", 5, 9)).isFalse();
  }

  @Test
  void whatWaitpidSays() {
    assertThat(Ending.of(0)).isEqualTo(new Ending(0, 0));
    assertThat(Ending.of(255 << 8)).isEqualTo(new Ending(255, 0));
    assertThat(Ending.of(9)).isEqualTo(new Ending(0, 9));
    assertThat(Ending.of(11 | 0x80)).isEqualTo(new Ending(0, 11)); // with a core dump
    assertThat(Ending.of(11 | 0x80).forShell()).isEqualTo(139);
    assertThat(Ending.of(7 << 8).forShell()).isEqualTo(7);
  }
}
