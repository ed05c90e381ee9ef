package io.github.vcgroupfs.conformance;

import static io.github.vcgroupfs.conformance.CgroupAssert.assertThat;
import static io.github.vcgroupfs.kernel.Errno.EBUSY;
import static io.github.vcgroupfs.kernel.Errno.EINVAL;
import static io.github.vcgroupfs.kernel.Errno.ENOMEM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * How we read the article, as far as it needs no socket: a test for each sentence, named after its
 * ruling. See rulings.md, how we read the article. What needs sockets is in {@link
 * LwnTrafficSuite}.
 */
abstract class LwnRulingsSuite extends MountedSuite {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final String FLAG = "memory.independent_kmem_limit";
  private static final String LIMIT = "memory.limit_in_bytes";
  private static final String USAGE = "memory.usage_in_bytes";
  private static final String KMEM_LIMIT = "memory.kmem.limit_in_bytes";
  private static final String KMEM_USAGE = "memory.kmem.usage_in_bytes";
  private static final String TCP_LIMIT = "kmem.tcp.limit_in_bytes";
  private static final List<String> TCP =
      List.of(
          "kmem.tcp.limit_in_bytes",
          "kmem.tcp.usage_in_bytes",
          "kmem.tcp.max_usage_in_bytes",
          "kmem.tcp.failcnt");

  // --- rulings.md, article files --------------------------------------------------------------

  @Test
  @DisplayName(
      "article files: files beside that era's memory.* and core files:"
          + " memory.kmem.limit_in_bytes, memory.kmem.usage_in_bytes,"
          + " memory.independent_kmem_limit, and kmem.tcp.*; each kmem.tcp.* also under its"
          + " mainline name memory.kmem.tcp.*, the same knob.")
  void articleFiles_filesBesideThatErasFiles() throws Exception {
    Cgroup root = root();
    Cgroup web = root.createChild("web");
    for (Cgroup group : List.of(root, web)) {
      assertThat(group).has(KMEM_LIMIT).has(KMEM_USAGE).has(FLAG);
      for (String name : TCP) {
        assertThat(group).has(name).has("memory." + name);
      }
    }
    // echo 8192 > web/kmem.tcp.limit_in_bytes; cat web/memory.kmem.tcp.limit_in_bytes
    assertThat(web).write(TCP_LIMIT, "8192").succeeds();
    assertThat(web).reads("memory." + TCP_LIMIT, 8192);
    assertThat(web).write("memory." + TCP_LIMIT, "-1").succeeds();
    assertThat(web).reads(TCP_LIMIT, UNLIMITED);
    assertThat(web).lacks("memory.kmem.failcnt").lacks("memory.kmem.max_usage_in_bytes");
  }

  // --- rulings.md, injected usage -------------------------------------------------------------

  @Test
  @DisplayName("injected usage: all four knobs of the article are writable (mode 0644).")
  void injectedUsage_allFourKnobsAreWritable() throws Exception {
    Cgroup web = root().createChild("web");
    for (String knob : List.of(KMEM_LIMIT, KMEM_USAGE, FLAG, TCP_LIMIT)) {
      assertThat(web).file(knob).hasMode(0644);
    }
    assertThat(web).write(FLAG, "1").succeeds();
    assertThat(web).reads(FLAG, 1);
    assertThat(web).write(KMEM_LIMIT, "1M").succeeds();
    assertThat(web).reads(KMEM_LIMIT, 1 << 20);
    assertThat(web).write(KMEM_USAGE, "64K").succeeds();
    assertThat(web).reads(KMEM_USAGE, 64 << 10);
    assertThat(web).write(TCP_LIMIT, "1M").succeeds();
    assertThat(web).reads(TCP_LIMIT, 1 << 20);
  }

  @Test
  @DisplayName(
      "injected usage: a write to memory.kmem.usage_in_bytes sets the injected"
          + " (non-socket) kernel memory so that the file reads the value back; over an"
          + " enforced limit → ENOMEM and failcnt+1.")
  void injectedUsage_kmemUsageReadsBackAndIsHeldAgainstAnEnforcedLimit() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(KMEM_USAGE, "1M").succeeds();
    assertThat(web).hasKmemUsage(1 << 20);
    assertThat(web).write(KMEM_USAGE, "12288").succeeds();
    assertThat(web).hasKmemUsage(12288);
    // flag 0: the enforced limit is that of the sum
    assertThat(web).write(LIMIT, "16K").succeeds();
    assertThat(web).write(KMEM_USAGE, "20K").failsWith(ENOMEM);
    assertThat(web).hasKmemUsage(12288).hasFailcnt(1);
    assertThat(web).write(KMEM_USAGE, "16K").succeeds();
    assertThat(web).hasKmemUsage(16384).hasFailcnt(1);
    assertThat(web).write(KMEM_USAGE, "0").succeeds();
    assertThat(web).hasKmemUsage(0);
    // flag 1: it is the kernel limit
    assertThat(web).write(FLAG, "1").succeeds();
    assertThat(web).write(KMEM_LIMIT, "8K").succeeds();
    assertThat(web).write(KMEM_USAGE, "12K").failsWith(ENOMEM);
    assertThat(web).hasKmemUsage(0);
    assertThat(web).write(KMEM_USAGE, "8K").succeeds();
    assertThat(web).hasKmemUsage(8192);
  }

  @Test
  @DisplayName(
      "injected usage: likewise memory.usage_in_bytes sets injected user memory (with"
          + " flag 0 the file is user + kernel).")
  void injectedUsage_usageSetsInjectedUserMemory() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).file(USAGE).hasMode(0644);
    assertThat(web).write(KMEM_USAGE, "4K").succeeds();
    assertThat(web).write(USAGE, "12K").succeeds();
    assertThat(web).hasUsage(12288).hasKmemUsage(4096);
    assertThat(web).file("memory.stat").contains("\nrss 8192\n");
    assertThat(web).write(KMEM_USAGE, "8K").succeeds();
    assertThat(web).hasUsage(16384);
    assertThat(web).write(LIMIT, "20K").succeeds();
    assertThat(web).write(USAGE, "24K").failsWith(ENOMEM);
    assertThat(web).hasUsage(16384).hasFailcnt(1);
    assertThat(web).write(FLAG, "1").succeeds();
    assertThat(web).hasUsage(8192);
  }

  @Test
  @DisplayName("injected usage: text is parsed and rounded as the profile's limits;")
  void injectedUsage_textIsParsedAndRoundedAsLimits() throws Exception {
    Cgroup web = root().createChild("web");
    for (String file : List.of(USAGE, KMEM_USAGE)) {
      assertThat(web).write(file, "4097").succeeds();
      assertThat(web).reads(file, 8192);
      assertThat(web).write(file, " 0x1000\n").succeeds();
      assertThat(web).reads(file, 4096);
      assertThat(web).write(file, "1k").succeeds();
      assertThat(web).reads(file, 4096);
      for (String bad : List.of("abc", "4096 8192", "1T", "-2", "4Kb", "+4096")) {
        assertThat(web).write(file, bad).failsWith(EINVAL);
      }
      assertThat(web).reads(file, 4096);
      assertThat(web).write(file, "\n").succeeds();
      assertThat(web).reads(file, 0);
    }
  }

  @Test
  @DisplayName("injected usage: -1 and the root are EINVAL;")
  void injectedUsage_minusOneAndTheRootAreInvalid() throws Exception {
    Cgroup root = root();
    Cgroup web = root.createChild("web");
    for (String file : List.of(USAGE, KMEM_USAGE)) {
      assertThat(web).write(file, "-1").failsWith(EINVAL);
      assertThat(web).write(file, " -1\n").failsWith(EINVAL);
      assertThat(web).reads(file, 0);
      assertThat(root).write(file, "4096").failsWith(EINVAL);
      assertThat(root).write(file, "0").failsWith(EINVAL);
    }
  }

  @Test
  @DisplayName(
      "injected usage: the group's own injected part becomes value − (children +"
          + " sockets), EBUSY below that;")
  void injectedUsage_theOwnPartIsTheValueWithoutTheChildren() throws Exception {
    Cgroup root = root();
    Cgroup parent = root.createChild("parent");
    assertThat(parent).write("memory.use_hierarchy", "1").succeeds();
    Cgroup child = parent.createChild("child");
    assertThat(child).write(USAGE, "8K").succeeds();
    assertThat(child).write(KMEM_USAGE, "4K").succeeds();
    assertThat(parent).hasUsage(12288).hasKmemUsage(4096);
    assertThat(parent).write(USAGE, "20K").succeeds();
    assertThat(parent).hasUsage(20480);
    assertThat(parent).file("memory.stat").contains("\nrss 8192\n").contains("\ntotal_rss 16384\n");
    assertThat(parent).write(USAGE, "8K").failsWith(EBUSY);
    assertThat(parent).hasUsage(20480);
    assertThat(parent).write(USAGE, "12K").succeeds();
    assertThat(parent).file("memory.stat").contains("\nrss 0\n");
    assertThat(parent).write(KMEM_USAGE, "0").failsWith(EBUSY);
    assertThat(parent).write(KMEM_USAGE, "8K").succeeds();
    assertThat(parent).hasKmemUsage(8192);
    assertThat(child).hasKmemUsage(4096).hasUsage(12288);
  }

  @Test
  @DisplayName(
      "injected usage: every level must fit, else nothing changes and the refusing"
          + " level's failcnt + 1.")
  void injectedUsage_everyLevelMustFit() throws Exception {
    Cgroup a = root().createChild("a");
    assertThat(a).write("memory.use_hierarchy", "1").succeeds();
    Cgroup b = a.createChild("b");
    Cgroup c = b.createChild("c");
    assertThat(a).write(LIMIT, "16K").succeeds();
    assertThat(c).write(USAGE, "8K").succeeds();
    for (Cgroup level : List.of(a, b, c)) {
      assertThat(level).hasUsage(8192);
    }
    for (String file : List.of(USAGE, KMEM_USAGE)) {
      assertThat(c).write(file, "64K").failsWith(ENOMEM);
    }
    for (Cgroup level : List.of(a, b, c)) {
      assertThat(level).hasUsage(8192).hasKmemUsage(0);
    }
    assertThat(a).hasFailcnt(2);
    assertThat(b).hasFailcnt(0);
    assertThat(c).hasFailcnt(0);
    assertThat(a).write(USAGE, "20K").failsWith(ENOMEM);
    assertThat(a).hasFailcnt(3).hasUsage(8192);
  }

  @Test
  @DisplayName("injected usage: --strict makes both read-only, as in every kernel;")
  void injectedUsage_strictMakesBothReadOnly() throws Exception {
    Cgroup web = mount(CgroupMount.Options.STRICT).root().createChild("web");
    for (String file : List.of(USAGE, KMEM_USAGE)) {
      assertThat(web).file(file).hasMode(0444);
      try (Cgroup.OpenControlFile open = web.open(file)) {
        assertThat(open.read(0, 64)).isEqualTo("0\n");
      }
      // as root, which may open it all the same
      assertThat(web).write(file, "4096").failsWith(EINVAL);
      assertThat(web).reads(file, 0);
    }
  }

  @Test
  @DisplayName(
      "injected usage: lwn-2011 --strict is the patch: only the memory.kmem.tcp.* names,"
          + " memory.kmem.limit_in_bytes 0444.")
  void injectedUsage_strictIsThePatch() throws Exception {
    Cgroup root = mount(CgroupMount.Options.STRICT).root();
    Cgroup web = root.createChild("web");
    for (Cgroup group : List.of(root, web)) {
      for (String name : TCP) {
        assertThat(group).lacks(name).has("memory." + name);
      }
      assertThat(group).file(KMEM_LIMIT).hasMode(0444);
      assertThat(group.list()).noneMatch(name -> name.startsWith("sim."));
    }
    assertThat(web).write(KMEM_LIMIT, "1M").failsWith(EINVAL);
    assertThat(web).reads(KMEM_LIMIT, UNLIMITED);
    assertThat(web).file(FLAG).hasMode(0644);
    assertThat(web).write("memory." + TCP_LIMIT, "4097").succeeds();
    assertThat(web).reads("memory." + TCP_LIMIT, 8192);
  }

  // --- rulings.md, independent limit ----------------------------------------------------------

  @Test
  @DisplayName(
      "independent limit: independent_kmem_limit 0: kernel usage is added to"
          + " memory.usage_in_bytes, the kernel limit is kept but ignored, and the sum is held"
          + " against memory.limit_in_bytes.")
  void independentLimit_flag0() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).reads(FLAG, 0);
    assertThat(web).write(USAGE, "8K").succeeds();
    assertThat(web).write(KMEM_USAGE, "4K").succeeds();
    assertThat(web).hasUsage(12288);
    assertThat(web).write(KMEM_LIMIT, "4K").succeeds();
    assertThat(web).reads(KMEM_LIMIT, 4096);
    assertThat(web).write(KMEM_USAGE, "16K").succeeds();
    assertThat(web).hasKmemUsage(16384).hasUsage(24576).reads(KMEM_LIMIT, 4096);
    assertThat(web).write(LIMIT, "20K").failsWith(EBUSY);
    assertThat(web).write(LIMIT, "28K").succeeds();
    assertThat(web).write(KMEM_USAGE, "24K").failsWith(ENOMEM);
    assertThat(web).hasFailcnt(1).hasUsage(24576).reads("memory.max_usage_in_bytes", 24576);
  }

  @Test
  @DisplayName(
      "independent limit: 1: kernel usage is held against memory.kmem.limit_in_bytes and"
          + " is no part of memory.usage_in_bytes.")
  void independentLimit_flag1() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(FLAG, "1").succeeds();
    assertThat(web).write(USAGE, "8K").succeeds();
    assertThat(web).write(KMEM_USAGE, "4K").succeeds();
    assertThat(web).hasUsage(8192).hasKmemUsage(4096);
    assertThat(web).write(LIMIT, "8K").succeeds();
    assertThat(web).write(KMEM_USAGE, "16K").succeeds();
    assertThat(web).hasFailcnt(0);
    assertThat(web).write(KMEM_LIMIT, "16K").succeeds();
    assertThat(web).write(KMEM_USAGE, "20K").failsWith(ENOMEM);
    assertThat(web).hasKmemUsage(16384).hasUsage(8192);
  }

  @Test
  @DisplayName(
      "independent limit: write rule: that of v9 (no parent or a parent without"
          + " use_hierarchy: EBUSY with children, else stored; else EINVAL).")
  void independentLimit_writeRule() throws Exception {
    Cgroup root = root();
    // no parent
    assertThat(root).write(FLAG, "1").succeeds();
    assertThat(root).reads(FLAG, 1);
    assertThat(root).write(FLAG, "0").succeeds();
    Cgroup plain = root.createChild("plain");
    assertThat(root).write(FLAG, "1").failsWith(EBUSY);
    assertThat(root).reads(FLAG, 0);
    // a parent without use_hierarchy
    assertThat(plain).write(FLAG, "7").succeeds();
    assertThat(plain).reads(FLAG, 1);
    Cgroup leaf = plain.createChild("leaf");
    assertThat(plain).write(FLAG, "0").failsWith(EBUSY);
    assertThat(plain).write(FLAG, "1").failsWith(EBUSY);
    assertThat(leaf).write(FLAG, "1").succeeds();
    plain.rmdir("leaf");
    assertThat(plain).write(FLAG, "0").succeeds();
    // a parent with it
    assertThat(plain).write("memory.use_hierarchy", "1").succeeds();
    Cgroup below = plain.createChild("below");
    for (String value : List.of("0", "1")) {
      assertThat(below).write(FLAG, value).failsWith(EINVAL);
    }
    below.createChild("deeper");
    assertThat(below).write(FLAG, "1").failsWith(EINVAL);
    assertThat(below).write(FLAG, "x").failsWith(EINVAL);
  }

  @Test
  @DisplayName("independent limit: a child of a hierarchical parent takes its value at mkdir.")
  void independentLimit_aChildOfAHierarchicalParentTakesItsValue() throws Exception {
    Cgroup root = root();
    Cgroup parent = root.createChild("parent");
    assertThat(parent).write(FLAG, "1").succeeds();
    Cgroup plain = parent.createChild("plain");
    assertThat(plain).reads(FLAG, 0);
    parent.rmdir("plain");
    assertThat(parent).write("memory.use_hierarchy", "1").succeeds();
    Cgroup child = parent.createChild("child");
    assertThat(child).reads(FLAG, 1);
    assertThat(child.createChild("grandchild")).reads(FLAG, 1);
    Cgroup other = root.createChild("other");
    assertThat(other).write("memory.use_hierarchy", "1").succeeds();
    assertThat(other.createChild("child")).reads(FLAG, 0);
  }

  @Test
  @DisplayName("independent limit: each level applies its own flag to its own totals.")
  void independentLimit_eachLevelAppliesItsOwnFlag() throws Exception {
    Cgroup root = root();
    Cgroup independent = root.createChild("independent");
    assertThat(independent).write(FLAG, "1").succeeds();
    Cgroup joint = independent.createChild("joint");
    for (Cgroup level : List.of(independent, joint)) {
      assertThat(level).write(USAGE, "8K").succeeds();
      assertThat(level).write(KMEM_USAGE, "4K").succeeds();
    }
    assertThat(independent).hasUsage(8192);
    assertThat(joint).hasUsage(12288);

    Cgroup top = root.createChild("top");
    assertThat(top).write("memory.use_hierarchy", "1").succeeds();
    Cgroup leaf = top.createChild("leaf");
    assertThat(leaf).write(KMEM_USAGE, "4K").succeeds();
    assertThat(leaf).write(USAGE, "12K").succeeds();
    assertThat(top).write(KMEM_USAGE, "12K").succeeds();
    assertThat(top).hasUsage(20480).hasKmemUsage(12288);
    assertThat(leaf).hasUsage(12288).hasKmemUsage(4096);
  }

  @Test
  @DisplayName(
      "independent limit: changing the flag is never refused for usage; the next charge"
          + " sees it.")
  void independentLimit_changingTheFlagIsNeverRefusedForUsage() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(FLAG, "1").succeeds();
    assertThat(web).write(LIMIT, "16K").succeeds();
    assertThat(web).write(USAGE, "12K").succeeds();
    assertThat(web).write(KMEM_USAGE, "64K").succeeds();
    assertThat(web).write(KMEM_LIMIT, "64K").succeeds();
    // the sum of 76K is above 16K from now on
    assertThat(web).write(FLAG, "0").succeeds();
    assertThat(web).hasUsage(76 << 10).reads(FLAG, 0).reads("memory.max_usage_in_bytes", 76 << 10);
    assertThat(web).write(USAGE, "80K").failsWith(ENOMEM);
    assertThat(web).hasFailcnt(1);
    // what is there already can be written back, and lowered
    assertThat(web).write(USAGE, "76K").succeeds();
    assertThat(web).write(KMEM_USAGE, "60K").succeeds();
    assertThat(web).hasUsage(72 << 10);
    assertThat(web).write(KMEM_LIMIT, "8K").succeeds();
    assertThat(web).write(FLAG, "1").succeeds();
    assertThat(web).hasUsage(12 << 10).hasKmemUsage(60 << 10).reads(KMEM_LIMIT, 8192);
    assertThat(web).write(KMEM_USAGE, "64K").failsWith(ENOMEM);
    assertThat(web).write(USAGE, "16K").succeeds();
  }

  @Test
  @DisplayName(
      "independent limit: with 0 a kernel limit below usage is stored; with 1 it is EBUSY.")
  void independentLimit_aKernelLimitBelowUsage() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(KMEM_USAGE, "64K").succeeds();
    assertThat(web).write(KMEM_LIMIT, "4K").succeeds();
    assertThat(web).reads(KMEM_LIMIT, 4096);
    assertThat(web).write(FLAG, "1").succeeds();
    assertThat(web).write(KMEM_LIMIT, "60K").failsWith(EBUSY);
    assertThat(web).reads(KMEM_LIMIT, 4096);
    assertThat(web).write(KMEM_LIMIT, "64K").succeeds();
    assertThat(web).reads(KMEM_LIMIT, 65536);
  }

  // --- rulings.md, static branch --------------------------------------------------------------

  @Test
  @DisplayName(
      "static branch: the accounting of sockets sits behind a static branch, off until a"
          + " TCP limit is set on a group that is not the root (exactly the article's rule);")
  void staticBranch_theBranchIsOffUntilATcpLimitIsSet() throws Exception {
    Cgroup root = freshMount(CgroupMount.Options.DEFAULT).root();
    Cgroup web = root.createChild("web");
    branch(root, "tcp off users=0 flips=0", "kmem off users=0 flips=0");
    assertThat(root).write(TCP_LIMIT, "1M").failsWith(EINVAL);
    assertThat(web).write(TCP_LIMIT, "-1").succeeds();
    assertThat(web).write(TCP_LIMIT, "9223372036854775807").succeeds();
    assertThat(web).write(TCP_LIMIT, "x").failsWith(EINVAL);
    assertThat(web).write(LIMIT, "1M").succeeds();
    branch(root, "tcp off users=0 flips=0", "kmem off users=0 flips=0");
    assertThat(web).write(TCP_LIMIT, "1M").succeeds();
    branch(root, "tcp on users=1 flips=1", "kmem off users=0 flips=0");
    assertThat(web).write(TCP_LIMIT, "2M").succeeds();
    assertThat(web).write(TCP_LIMIT, "0").succeeds();
    branch(root, "tcp on users=1 flips=1", "kmem off users=0 flips=0");
    assertThat(root.createChild("db")).write("memory." + TCP_LIMIT, "1M").succeeds();
    branch(root, "tcp on users=2 flips=1", "kmem off users=0 flips=0");
  }

  @Test
  @DisplayName(
      "static branch: a second one, for the kernel counter alone, opens when such a group"
          + " has an enforced kernel limit.")
  void staticBranch_theSecondBranchOpensForAnEnforcedKernelLimit() throws Exception {
    Cgroup root = freshMount(CgroupMount.Options.DEFAULT).root();
    assertThat(root).write(FLAG, "1").succeeds();
    assertThat(root).write(KMEM_LIMIT, "1M").failsWith(EINVAL);
    Cgroup web = root.createChild("web");
    assertThat(web).write(KMEM_LIMIT, "1M").succeeds();
    branch(root, "tcp off users=0 flips=0", "kmem off users=0 flips=0"); // kept, not enforced
    assertThat(web).write(FLAG, "1").succeeds();
    branch(root, "tcp off users=0 flips=0", "kmem on users=1 flips=1");
    assertThat(web).write(FLAG, "0").succeeds();
    branch(root, "tcp off users=0 flips=0", "kmem off users=0 flips=2");
    assertThat(web).write(FLAG, "1").succeeds();
    assertThat(web).write(KMEM_LIMIT, "-1").succeeds();
    branch(root, "tcp off users=0 flips=0", "kmem off users=0 flips=4");
  }

  @Test
  @DisplayName("static branch: --accounting always opens both at mount.")
  void staticBranch_accountingAlwaysOpensBothAtMount() throws Exception {
    Cgroup root = mount(CgroupMount.Options.ALWAYS).root();
    assertThat(root).file("sim.static_branch").contains("tcp on ").contains("\nkmem on ");
    Cgroup web = root.createChild("web");
    assertThat(web).write(TCP_LIMIT, "1M").succeeds();
    assertThat(web).write(TCP_LIMIT, "-1").succeeds();
    root.rmdir("web");
    assertThat(root).file("sim.static_branch").contains("tcp on ").contains("\nkmem on ");
  }

  @Test
  @DisplayName(
      "static branch: -1, or rmdir of a limited group, takes its user away; at 0 users"
          + " the branch is off for new sockets")
  void staticBranch_minusOneOrRmdirTakesTheUserAway() throws Exception {
    Cgroup root = freshMount(CgroupMount.Options.DEFAULT).root();
    Cgroup web = root.createChild("web");
    Cgroup db = root.createChild("db");
    assertThat(web).write(TCP_LIMIT, "1M").succeeds();
    assertThat(db).write(TCP_LIMIT, "1M").succeeds();
    assertThat(web).write(TCP_LIMIT, "-1").succeeds();
    branch(root, "tcp on users=1 flips=1", "kmem off users=0 flips=0");
    assertThat(web).write(TCP_LIMIT, "-1").succeeds();
    branch(root, "tcp on users=1 flips=1", "kmem off users=0 flips=0");
    root.rmdir("db");
    branch(root, "tcp off users=0 flips=2", "kmem off users=0 flips=0");
    root.rmdir("web");
    branch(root, "tcp off users=0 flips=2", "kmem off users=0 flips=0");
    Cgroup again = root.createChild("db");
    assertThat(again).reads(TCP_LIMIT, UNLIMITED);
    assertThat(again).write(TCP_LIMIT, "1M").succeeds();
    branch(root, "tcp on users=1 flips=3", "kmem off users=0 flips=0");
  }

  @Test
  @DisplayName(
      "static branch: each hierarchy counts its own users; the JVM-wide key is only the"
          + " fold (on while any hierarchy has users).")
  void staticBranch_eachHierarchyCountsItsOwnUsers() throws Exception {
    Cgroup one = freshMount(CgroupMount.Options.DEFAULT).root();
    Cgroup other = freshMount(CgroupMount.Options.DEFAULT).root();
    Cgroup web = one.createChild("web");
    Cgroup db = other.createChild("db");
    assertThat(web).write(TCP_LIMIT, "1M").succeeds();
    branch(one, "tcp on users=1 flips=1", "kmem off users=0 flips=0");
    branch(other, "tcp off users=0 flips=0", "kmem off users=0 flips=0");
    assertThat(db).write(TCP_LIMIT, "1M").succeeds();
    one.rmdir("web");
    branch(one, "tcp off users=0 flips=2", "kmem off users=0 flips=0");
    branch(other, "tcp on users=1 flips=1", "kmem off users=0 flips=0");
    other.rmdir("db");
  }

  // --- rulings.md, root and new groups --------------------------------------------------------

  @Test
  @DisplayName("root and new groups: limits on the root: EINVAL (the soft limit excepted).")
  void rootAndNewGroups_limitsOnTheRoot() {
    Cgroup root = root();
    for (String file :
        List.of(
            LIMIT,
            "memory.memsw.limit_in_bytes",
            KMEM_LIMIT,
            TCP_LIMIT,
            "memory.kmem.tcp.limit_in_bytes")) {
      for (String value : List.of("1G", "-1", "0", "x")) {
        assertThat(root).write(file, value).failsWith(EINVAL);
      }
      assertThat(root).reads(file, UNLIMITED);
    }
    assertThat(root).write("memory.soft_limit_in_bytes", "1G").succeeds();
    assertThat(root).reads("memory.soft_limit_in_bytes", 1 << 30);
  }

  @Test
  @DisplayName("root and new groups: new groups start unlimited.")
  void rootAndNewGroups_newGroupsStartUnlimited() throws Exception {
    Cgroup parent = root().createChild("parent");
    assertThat(parent).write("memory.use_hierarchy", "1").succeeds();
    List<String> limits =
        List.of(
            LIMIT,
            "memory.soft_limit_in_bytes",
            "memory.memsw.limit_in_bytes",
            KMEM_LIMIT,
            TCP_LIMIT,
            "memory.kmem.tcp.limit_in_bytes");
    for (String limit : limits) {
      assertThat(parent).reads(limit, UNLIMITED);
    }
    for (String limit : limits) {
      assertThat(parent).write(limit, "1G").succeeds();
    }
    Cgroup child = parent.createChild("child");
    for (String limit : limits) {
      assertThat(child).reads(limit, UNLIMITED);
    }
  }

  @Test
  @DisplayName("root and new groups: use_hierarchy as in 3.3.")
  void rootAndNewGroups_useHierarchyAsIn33() throws Exception {
    Cgroup root = root();
    String file = "memory.use_hierarchy";
    assertThat(root).reads(file, 0);
    assertThat(root).write(file, "1").succeeds();
    assertThat(root).write(file, "0").succeeds();
    Cgroup a = root.createChild("a");
    assertThat(a).reads(file, 0);
    assertThat(root).write(file, "1").failsWith(EBUSY);
    // 3.3 has no shortcut for a value that is stored already
    assertThat(root).write(file, "0").failsWith(EBUSY);
    for (String bad : List.of("2", "-1", "x", "18446744073709551615")) {
      assertThat(a).write(file, bad).failsWith(EINVAL);
    }
    assertThat(a).write(file, "1").succeeds();
    Cgroup b = a.createChild("b");
    assertThat(b).reads(file, 1);
    assertThat(b).write(file, "1").failsWith(EINVAL);
    assertThat(b).write(file, "0").failsWith(EINVAL);
    assertThat(a).write(file, "1").failsWith(EBUSY);
    assertThat(a).write(file, "2").failsWith(EINVAL);
    // the counters of a group keep the parent they got at mkdir
    assertThat(b).write(USAGE, "4K").succeeds();
    assertThat(a).hasUsage(4096);
    a.rmdir("b");
    assertThat(a).write(file, "0").succeeds();
    assertThat(a.createChild("c")).reads(file, 0);
  }

  private static void branch(Cgroup root, String tcp, String kmem) {
    assertThat(root).file("sim.static_branch").reads(tcp + "\n" + kmem + "\n");
  }
}
