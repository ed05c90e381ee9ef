package io.github.vcgroupfs.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.statickey.StaticKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of style.md that bytecode shows. */
class ArchitectureTest {
  private static final String BASE = "io.github.vcgroupfs";

  /**
   * Which of our packages each may import. Every package has a row of its own: what holds for a
   * package says nothing about the packages below it.
   */
  private static final Map<String, Set<String>> LAYERS =
      Map.ofEntries(
          Map.entry("kernel", Set.of()),
          Map.entry("statickey", Set.of()),
          Map.entry("columns", Set.of()),
          Map.entry("os", Set.of("kernel")),
          Map.entry("command", Set.of("kernel")),
          Map.entry("rights", Set.of("os", "kernel")),
          Map.entry("progress", Set.of("os")),
          Map.entry("memcg.counter", Set.of("kernel")),
          Map.entry("memcg.tcp", Set.of("memcg.counter", "statickey", "kernel")),
          Map.entry("cgroup", Set.of("kernel")),
          Map.entry("memcg", Set.of("cgroup", "memcg.tcp", "memcg.counter", "kernel")),
          Map.entry(
              "sock",
              Set.of("memcg", "memcg.tcp", "memcg.counter", "cgroup", "statickey", "kernel")),
          Map.entry("cgroupfs.inode", Set.of("cgroup", "kernel")),
          Map.entry(
              "cgroupfs.file", Set.of("cgroupfs.inode", "cgroup", "columns", "rights", "kernel")),
          Map.entry(
              "cgroupfs.core",
              Set.of("cgroupfs.file", "cgroupfs.inode", "cgroup", "columns", "rights", "kernel")),
          Map.entry("cgroupfs.path", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("cgroupfs.call", Set.of("cgroup", "kernel")),
          Map.entry(
              "cgroupfs.fault",
              Set.of("cgroupfs.call", "cgroupfs.file", "cgroup", "command", "rights", "kernel")),
          Map.entry("cgroupfs.journal", Set.of("cgroupfs.call", "cgroup", "kernel")),
          Map.entry(
              "cgroupfs.restore",
              Set.of("cgroupfs.path", "cgroupfs.file", "cgroupfs.inode", "cgroup", "kernel")),
          Map.entry(
              "cgroupfs",
              Set.of(
                  "cgroupfs.inode",
                  "cgroupfs.file",
                  "cgroupfs.path",
                  "cgroupfs.call",
                  "cgroupfs.fault",
                  "cgroupfs.journal",
                  "cgroupfs.restore",
                  "cgroup",
                  "columns",
                  "rights",
                  "kernel")),
          Map.entry(
              "memcg.files",
              Set.of(
                  "cgroupfs.core",
                  "cgroupfs.file",
                  "memcg",
                  "memcg.tcp",
                  "memcg.counter",
                  "cgroup",
                  "columns",
                  "rights",
                  "kernel")),
          Map.entry("cpuset", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("cpu", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("cpuacct", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("blkio", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("hugetlb", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("netcls", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("netprio", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("perfevent", Set.of("cgroup")),
          Map.entry("pids", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("freezer", Set.of("cgroupfs.file", "cgroup", "kernel")),
          Map.entry("signals", Set.of("freezer", "cgroup", "rights", "os", "kernel")),
          Map.entry("devices", Set.of("cgroupfs.file", "cgroup", "rights", "kernel")),
          Map.entry(
              "controllers",
              Set.of(
                  "cpuset",
                  "cpu",
                  "cpuacct",
                  "blkio",
                  "hugetlb",
                  "netcls",
                  "netprio",
                  "perfevent",
                  "pids",
                  "devices",
                  "freezer",
                  "memcg.files",
                  "memcg",
                  "memcg.counter",
                  "cgroupfs.core",
                  "cgroupfs.file",
                  "cgroup",
                  "kernel")),
          Map.entry("membership", Set.of("cgroup", "os", "rights", "kernel")),
          Map.entry("notify", Set.of("cgroup", "os", "kernel")),
          Map.entry("mount", Set.of("os", "kernel")),
          Map.entry(
              "fuse",
              Set.of("cgroupfs", "cgroupfs.call", "cgroupfs.inode", "mount", "os", "kernel")),
          Map.entry("vfs", Set.of("cgroupfs", "cgroupfs.call", "cgroupfs.inode", "kernel")),
          Map.entry(
              "nio",
              Set.of(
                  "vfs",
                  "injvm",
                  "hierarchy",
                  "fixture",
                  "controllers",
                  "cgroupfs",
                  "cgroupfs.call",
                  "cgroupfs.file",
                  "cgroupfs.inode",
                  "traffic",
                  "memcg",
                  "memcg.counter",
                  "cgroup",
                  "kernel")),
          Map.entry("junit", Set.of("nio", "daemon", "os")),
          Map.entry("seccomp", Set.of("os", "kernel")),
          Map.entry("hostview", Set.of("cgroupfs.file", "cgroup", "mount", "os", "kernel")),
          Map.entry("supervisor", Set.of("seccomp", "hostview", "os", "kernel")),
          Map.entry("traffic.tcp", Set.of("sock", "memcg.tcp", "memcg.counter", "kernel")),
          Map.entry(
              "traffic.netty",
              Set.of("sock", "memcg", "memcg.tcp", "memcg.counter", "cgroup", "kernel")),
          Map.entry(
              "traffic",
              Set.of(
                  "traffic.tcp",
                  "traffic.netty",
                  "sock",
                  "memcg",
                  "memcg.tcp",
                  "cgroup",
                  "cgroupfs.file",
                  "columns",
                  "command",
                  "rights",
                  "os",
                  "kernel")),
          Map.entry(
              "simulate",
              Set.of(
                  "traffic",
                  "traffic.tcp",
                  "sock",
                  "memcg",
                  "memcg.tcp",
                  "memcg.counter",
                  "cgroup",
                  "kernel")),
          Map.entry("whatif", Set.of("simulate", "kernel")),
          Map.entry("plot", Set.of("simulate", "kernel")),
          Map.entry("sweep", Set.of("simulate", "plot", "kernel")),
          Map.entry(
              "fixture",
              Set.of(
                  "controllers",
                  "cgroupfs",
                  "cgroupfs.restore",
                  "cgroupfs.file",
                  "cgroup",
                  "os",
                  "kernel")),
          Map.entry(
              "hierarchy",
              Set.of(
                  "traffic",
                  "cgroupfs",
                  "cgroupfs.fault",
                  "cgroupfs.file",
                  "controllers",
                  "memcg",
                  "rights",
                  "cgroup",
                  "kernel")),
          Map.entry(
              "injvm",
              Set.of(
                  "hierarchy",
                  "fixture",
                  "traffic",
                  "traffic.tcp",
                  "sock",
                  "cgroupfs",
                  "cgroupfs.call",
                  "cgroupfs.core",
                  "cgroupfs.fault",
                  "cgroupfs.file",
                  "cgroupfs.inode",
                  "controllers",
                  "cpuacct",
                  "freezer",
                  "memcg.files",
                  "memcg",
                  "rights",
                  "cgroup",
                  "kernel")),
          Map.entry("serve", Set.of("watch", "columns", "os", "kernel")),
          Map.entry("watch", Set.of("columns", "cgroupfs.file", "memcg.files", "os", "kernel")),
          Map.entry("metrics", Set.of("watch", "columns")),
          Map.entry("top", Set.of("watch", "columns", "os")),
          Map.entry(
              "daemon",
              Set.of(
                  "hierarchy",
                  "fuse",
                  "mount",
                  "hostview",
                  "supervisor",
                  "seccomp",
                  "membership",
                  "notify",
                  "signals",
                  "freezer",
                  "os",
                  "fixture",
                  "traffic",
                  "cgroupfs",
                  "cgroupfs.fault",
                  "cgroupfs.file",
                  "cgroupfs.inode",
                  "controllers",
                  "rights",
                  "memcg.files",
                  "memcg",
                  "memcg.counter",
                  "cpuacct",
                  "cgroup",
                  "kernel")),
          Map.entry(
              "cli",
              Set.of(
                  "serve",
                  "daemon",
                  "fuse",
                  "mount",
                  "hostview",
                  "seccomp",
                  "freezer",
                  "os",
                  "fixture",
                  "metrics",
                  "progress",
                  "plot",
                  "simulate",
                  "sweep",
                  "whatif",
                  "top",
                  "watch",
                  "traffic",
                  "cgroupfs",
                  "cgroupfs.fault",
                  "cgroupfs.file",
                  "cgroupfs.inode",
                  "controllers",
                  "rights",
                  "memcg.files",
                  "memcg",
                  "memcg.counter",
                  "cgroup",
                  "kernel")));

  /** Which libraries each may import. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("kernel", List.of()),
          Map.entry("statickey", List.of()),
          Map.entry("columns", List.of()),
          Map.entry("watch", List.of("org.slf4j..")),
          Map.entry("serve", List.of("com.sun.net.httpserver..", "com.fasterxml..", "org.slf4j..")),
          Map.entry("top", List.of("org.jline..", "com.fasterxml..")),
          Map.entry("cgroup", List.of()),
          Map.entry("os", List.of("com.kenai.jffi..", "org.slf4j..")),
          Map.entry("command", List.of()),
          Map.entry("rights", List.of()),
          Map.entry("progress", List.of()),
          Map.entry("memcg.counter", List.of()),
          Map.entry("memcg.tcp", List.of()),
          Map.entry("memcg", List.of()),
          Map.entry("sock", List.of()),
          Map.entry("cgroupfs.inode", List.of()),
          Map.entry("cgroupfs.file", List.of()),
          Map.entry("cgroupfs.core", List.of()),
          Map.entry("cgroupfs.path", List.of()),
          Map.entry("cgroupfs.call", List.of()),
          Map.entry("cgroupfs.fault", List.of()),
          Map.entry("cgroupfs.journal", List.of()),
          Map.entry("cgroupfs.restore", List.of("org.slf4j..")),
          Map.entry("cgroupfs", List.of("org.slf4j..")),
          Map.entry("memcg.files", List.of()),
          Map.entry("cpuset", List.of()),
          Map.entry("cpu", List.of()),
          Map.entry("cpuacct", List.of()),
          Map.entry("blkio", List.of()),
          Map.entry("hugetlb", List.of()),
          Map.entry("netcls", List.of()),
          Map.entry("netprio", List.of()),
          Map.entry("perfevent", List.of()),
          Map.entry("pids", List.of()),
          Map.entry("freezer", List.of()),
          Map.entry("signals", List.of("org.slf4j..")),
          Map.entry("devices", List.of()),
          Map.entry("controllers", List.of()),
          Map.entry("fuse", List.of("ru.serce..", "jnr..", "com.kenai.jffi..", "org.slf4j..")),
          Map.entry("membership", List.of("org.slf4j..")),
          Map.entry("notify", List.of("org.slf4j..")),
          Map.entry("mount", List.of()),
          Map.entry("vfs", List.of()),
          Map.entry("seccomp", List.of()),
          Map.entry("hostview", List.of()),
          Map.entry("supervisor", List.of("org.slf4j..")),
          Map.entry("daemon", List.of("org.slf4j..")),
          Map.entry("hierarchy", List.of()),
          Map.entry("injvm", List.of("org.slf4j..")),
          Map.entry("nio", List.of("org.slf4j..")),
          Map.entry("junit", List.of("org.junit..", "org.opentest4j..")),
          Map.entry("traffic.tcp", List.of()),
          Map.entry("traffic.netty", List.of("io.netty..", "org.slf4j..")),
          Map.entry("traffic", List.of("io.netty..", "org.slf4j..")),
          Map.entry("simulate", List.of("com.fasterxml..")),
          Map.entry("plot", List.of("javax.imageio..")),
          Map.entry("sweep", List.of()),
          Map.entry("whatif", List.of("com.fasterxml..")),
          Map.entry("fixture", List.of("org.snakeyaml..", "org.slf4j..")),
          Map.entry("metrics", List.of("io.prometheus..")),
          Map.entry("cli", List.of("picocli..", "org.slf4j..")));

  private static final String[] ANYWHERE = {
    "java..", "org.jspecify.annotations..", "com.google.errorprone.annotations.."
  };

  private static final JavaClasses MAIN = ImportedClasses.MAIN;
  private static final JavaClasses TESTS = ImportedClasses.TESTS;

  static Set<String> packages() {
    return LAYERS.keySet();
  }

  @Test
  void allClassesWereImported() {
    assertThat(MAIN.contain(KernelProfile.class)).isTrue();
    assertThat(MAIN.contain(ArchitectureTest.class)).isFalse();
    assertThat(TESTS.contain(ArchitectureTest.class)).isTrue();
  }

  @Test
  void bothTablesHaveTheSameRows() {
    assertThat(LAYERS.keySet()).isEqualTo(LIBRARIES.keySet());
  }

  @Test
  void everyPackageIsInTheTable() {
    for (JavaClass each : MAIN) {
      assertThat(LAYERS.keySet())
          .as("a row for the package of %s", each.getName())
          .contains(layerOf(each));
    }
  }

  @Test
  void theTablesHaveNoRowWithoutAPackage() {
    Set<String> there = new HashSet<>();
    MAIN.forEach(each -> there.add(layerOf(each)));
    assertThat(LAYERS.keySet()).isEqualTo(there);
    assertThat(LIBRARIES.keySet()).isEqualTo(there);
    LAYERS.forEach((layer, below) -> assertThat(there).as("below %s", layer).containsAll(below));
  }

  /** style.md, layers. */
  @ParameterizedTest
  @MethodSource("packages")
  void importsOnlyTheLayersBelow(String layer) {
    Set<String> allowed = new HashSet<>(LAYERS.get(layer));
    allowed.add(layer);
    check(
        noClasses()
            .that()
            .resideInAPackage(BASE + "." + layer)
            .should()
            .dependOnClassesThat(
                describe(
                    "are ours, but not in " + allowed,
                    target ->
                        target.getPackageName().startsWith(BASE)
                            && !allowed.contains(layerOf(target)))));
  }

  /** style.md, libraries. Nothing that is not in the table, the JDK and annotations aside. */
  @ParameterizedTest
  @MethodSource("packages")
  void importsOnlyItsLibraries(String layer) {
    List<String> allowed = new ArrayList<>(List.of(ANYWHERE));
    allowed.add(BASE + "..");
    allowed.addAll(LIBRARIES.get(layer));
    if (layer.equals("hostview")) {
      allowed.addAll(List.of("sun.misc..", "com.sun..")); // signals: what only this JDK has
    }
    check(
        classes()
            .that()
            .resideInAPackage(BASE + "." + layer)
            .should()
            .onlyDependOnClassesThat(inAnyOf(allowed)));
  }

  @Test
  void thereAreNoCycles() {
    check(slices().matching(BASE + ".(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyFuseTouchesTheFuseBinding() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(packageOf("fuse"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ru.serce.."));
  }

  @Test
  void onlyFuseAndOsTouchJnr() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packageOf("fuse"), packageOf("os"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jnr..", "com.kenai.jffi.."));
  }

  @Test
  void onlyTrafficOpensSockets() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(packageOf("traffic"))
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.(nio\\.channels\\.(Server)?SocketChannel"
                    + "|nio\\.channels\\.Asynchronous(Server)?SocketChannel"
                    + "|nio\\.channels\\.DatagramChannel|net\\.(Server)?Socket|net\\.DatagramSocket)"));
  }

  @Test
  void onlyCliTouchesPicocli() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(packageOf("cli"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli.."));
  }

  @Test
  void theModelDoesNotLog() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                packageOf("kernel"),
                packageOf("statickey"),
                packageOf("cgroup"),
                packageOf("memcg"),
                packageOf("sock"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.apache.logging..")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  /** style.md, time is a parameter. */
  @Test
  void onlyTheEdgesHaveAWallClockASleepOrARandomOfTheirOwn() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                packageOf("traffic"),
                packageOf("fuse"),
                packageOf("mount"),
                packageOf("membership"),
                packageOf("signals"),
                packageOf("supervisor"),
                packageOf("watch"),
                packageOf("serve"),
                packageOf("injvm"),
                packageOf("progress"),
                packageOf("daemon"))
            .should(
                callAnyOf("the clock, a sleep or an unseeded Random", ArchitectureTest::isHidden)));
  }

  @Test
  void methodHandlesStayInTheHotPath() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packageOf("statickey"), packageOf("memcg"), packageOf("sock"))
            .and()
            .doNotHaveSimpleName("PerfRing") // fences: the kernel writes into its memory meanwhile
            .should()
            .dependOnClassesThat(
                describe(
                    "are method or variable handles in source",
                    target ->
                        target.getPackageName().equals("java.lang.invoke")
                            && !COMPILER_MADE.contains(target.getSimpleName()))));
  }

  /** What javac itself writes into class files for lambdas, records and string concatenation. */
  private static final Set<String> COMPILER_MADE =
      Set.of(
          "LambdaMetafactory",
          "StringConcatFactory",
          "MethodHandles",
          "Lookup",
          "CallSite",
          "MethodType");

  /** style.md, small doors: types are final unless they are made to be extended. */
  @Test
  void typesAreFinalOrAbstract() {
    check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL));
  }

  /** Packages that only our own packages use; the edges have users outside. */
  private static final Set<String> INNER =
      Set.of(
          "kernel",
          "statickey",
          "columns",
          "watch",
          "metrics",
          "serve",
          "top",
          "cgroup",
          "memcg",
          "sock",
          "cgroupfs",
          "controllers",
          "os",
          "command",
          "rights",
          "progress",
          "membership",
          "notify",
          "devices",
          "freezer",
          "signals",
          "mount",
          "fuse",
          "vfs",
          "hostview",
          "seccomp",
          "supervisor",
          "traffic",
          "simulate",
          "sweep",
          "whatif",
          "fixture",
          "hierarchy",
          "injvm",
          "daemon");

  /**
   * style.md, small doors: a type is public because another package needs it, or because it is seen
   * in such a type.
   */
  @Test
  void typesArePublicOnlyWhereAnotherPackageNeedsThem() {
    Set<JavaClass> needed = new HashSet<>();
    for (JavaClass each : MAIN) {
      boolean outside =
          each.getDirectDependenciesToSelf().stream()
              .anyMatch(
                  use -> !use.getOriginClass().getPackageName().equals(each.getPackageName()));
      if (outside) {
        needed.add(each);
      }
    }
    boolean grew = true;
    while (grew) {
      Set<JavaClass> seenIn = new HashSet<>();
      needed.forEach(each -> seenIn.addAll(signature(each)));
      grew = needed.addAll(seenIn);
    }
    List<String> idle = new ArrayList<>();
    for (JavaClass each : MAIN) {
      if (each.getModifiers().contains(JavaModifier.PUBLIC)
          && each.isTopLevelClass()
          && !each.getSimpleName().equals("package-info")
          && INNER.contains(roomOf(each))
          && !needed.contains(each)) {
        idle.add(each.getName());
      }
    }
    assertThat(idle).as("public types that no other package needs").isEmpty();
  }

  private static Set<JavaClass> signature(JavaClass type) {
    Set<JavaClass> seen = new HashSet<>();
    for (JavaCodeUnit unit : type.getCodeUnits()) {
      if (!unit.getModifiers().contains(JavaModifier.PRIVATE)) {
        seen.add(unit.getRawReturnType());
        seen.addAll(unit.getRawParameterTypes());
        unit.getReturnType().getAllInvolvedRawTypes().forEach(seen::add);
        unit.getParameterTypes()
            .forEach(parameter -> seen.addAll(parameter.getAllInvolvedRawTypes()));
      }
    }
    type.getEnclosingClass().ifPresent(seen::add);
    type.getRawSuperclass().ifPresent(seen::add);
    seen.addAll(type.getRawInterfaces());
    seen.removeIf(each -> !each.getPackageName().startsWith(BASE));
    return seen;
  }

  /** style.md, one root: a static field is final and holds nothing that changes. */
  @Test
  void staticFieldsAreConstants() {
    check(
        fields()
            .that()
            .areStatic()
            .and(
                describe(
                    "are not the compiler's",
                    (JavaField field) -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
            .should()
            .beFinal()
            .andShould(notHoldWhatChanges()));
  }

  /** style.md, chosen once: concrete profiles have no readers but those that choose one. */
  @Test
  void concreteProfilesAreNamedOnlyWhereTheProgramIsPutTogether() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(packageOf("kernel"), packageOf("cli"), packageOf("nio"))
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Profiles.class));
  }

  /** style.md, who catches: only these may catch a refusal. */
  @Test
  void refusalsAreCaughtOnlyWhereTheyAreAnsweredOrRecorded() {
    List<String> wrong = new ArrayList<>();
    int found = 0;
    for (JavaClass each : MAIN) {
      for (JavaCodeUnit unit : each.getCodeUnits()) {
        for (TryCatchBlock block : unit.getTryCatchBlocks()) {
          boolean catches =
              block.getCaughtThrowables().stream()
                  .anyMatch(type -> type.isEquivalentTo(ErrnoException.class));
          found += catches ? 1 : 0;
          if (catches && !mayCatch(each)) {
            wrong.add(unit.getFullName() + " " + block.getSourceCodeLocation());
          }
        }
      }
    }
    assertThat(found).as("catch blocks found, or the test says nothing").isPositive();
    assertThat(wrong).as("who catches ErrnoException").isEmpty();
  }

  private static boolean mayCatch(JavaClass type) {
    String top = type.getName().replaceFirst("\\$.*", "");
    return roomOf(type).equals("cli")
        || top.equals(BASE + ".cgroupfs.CallRunner")
        || top.equals(BASE + ".fuse.Dispatcher")
        // the dispatcher of programs in this JVM: an errno becomes an exception of java.nio
        || top.equals(BASE + ".nio.Outcome")
        // a name that leads to nothing is an answer there, and no refusal
        || top.equals(BASE + ".vfs.Absence")
        // an edit that is refused before it is made: shown to whoever made it on the page
        || top.equals(BASE + ".serve.Edits")
        // the refusals of the steps of a scenario are part of its answer
        || top.equals(BASE + ".simulate.Steps")
        || top.equals(BASE + ".simulate.FreeScenarioRun")
        // a refusal is told to whoever asks "what if"
        || top.equals(BASE + ".whatif.Simulation")
        // what a kernel refuses of a fixture is shown as recorded, or the fixture is refused
        || top.equals(BASE + ".cgroupfs.restore.Restorer")
        || top.equals(BASE + ".fixture.Fixture")
        // a test that uses memory or moves a process gets an exception of java.nio
        || top.equals(BASE + ".nio.Refusals")
        // makes the group of a command before there is one: the refusal is told to whoever typed it
        || top.equals(BASE + ".daemon.SupervisedRun")
        // looks into its own files before it serves them: nobody waits for that errno
        || top.equals(BASE + ".fuse.FuseMount");
  }

  /** style.md, seeds: random input can be had again. */
  @Test
  void testsHaveNoUnseededRandom() {
    noClasses()
        .should(callAnyOf("an unseeded Random", ArchitectureTest::isUnseededRandom))
        .check(TESTS);
  }

  // --- helpers -------------------------------------------------------------------------------

  private static void check(ArchRule rule) {
    rule.check(MAIN);
  }

  private static boolean isHidden(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    boolean now =
        name.equals("now") && owner.startsWith("java.time.") && parameters(access).isEmpty();
    boolean system =
        owner.equals("java.lang.System") && Set.of("currentTimeMillis", "nanoTime").contains(name);
    boolean sleep =
        (owner.equals("java.lang.Thread") && name.equals("sleep"))
            || (owner.equals("java.util.concurrent.TimeUnit") && name.equals("sleep"))
            || (owner.equals("java.util.concurrent.locks.LockSupport") && name.startsWith("park"));
    boolean clock = owner.equals("java.time.Clock") && name.startsWith("system");
    boolean date = owner.equals("java.util.Date") && parameters(access).isEmpty();
    return now || system || sleep || clock || date || isUnseededRandom(access);
  }

  private static boolean isUnseededRandom(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    boolean made =
        name.equals("<init>")
            && parameters(access).isEmpty()
            && Set.of(
                    "java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom")
                .contains(owner);
    return made
        || (owner.equals("java.util.concurrent.ThreadLocalRandom") && name.equals("current"))
        || (owner.equals("java.lang.Math") && name.equals("random"))
        || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
        || (owner.equals("java.util.Collections")
            && name.equals("shuffle")
            && parameters(access).size() == 1);
  }

  private static List<?> parameters(JavaAccess<?> access) {
    return access.getTarget()
            instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget unit
        ? unit.getRawParameterTypes()
        : List.of();
  }

  private static ArchCondition<JavaClass> callAnyOf(
      String what, java.util.function.Predicate<JavaAccess<?>> wanted) {
    return new ArchCondition<>("call " + what) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          if (wanted.test(access)) {
            events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaField> notHoldWhatChanges() {
    return new ArchCondition<>("not hold what changes") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        JavaClass type = field.getRawType();
        boolean changes =
            type.getName().startsWith("java.util.concurrent.")
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(StringBuilder.class)
                || Set.of("java.util.ArrayList", "java.util.HashMap", "java.util.ArrayDeque")
                    .contains(type.getName())
                || isFilledLater(field);
        if (changes && !type.isEquivalentTo(StaticKey.class)) {
          events.add(SimpleConditionEvent.violated(field, field.getDescription() + " can change"));
        }
      }
    };
  }

  /** A static collection that somebody adds to outside the class initialiser. */
  private static boolean isFilledLater(JavaField field) {
    if (!field.getRawType().isAssignableTo(Collection.class)
        && !field.getRawType().isAssignableTo(Map.class)) {
      return false;
    }
    Set<String> mutators =
        Set.of("add", "put", "remove", "clear", "addAll", "putAll", "computeIfAbsent");
    return field.getAccessesToSelf().stream()
        .filter(access -> !access.getOrigin().getName().equals("<clinit>"))
        .anyMatch(
            access ->
                access.getOrigin().getMethodCallsFromSelf().stream()
                    .anyMatch(
                        call ->
                            mutators.contains(call.getTarget().getName())
                                && call.getLineNumber() == access.getLineNumber()));
  }

  private static DescribedPredicate<JavaClass> inAnyOf(List<String> packages) {
    DescribedPredicate<JavaClass> primitive =
        describe("are primitive", type -> type.getBaseComponentType().isPrimitive());
    DescribedPredicate<JavaClass> arrays =
        describe(
            "are arrays of such",
            type ->
                type.isArray()
                    && resideInAnyPackage(packages.toArray(String[]::new))
                        .test(type.getBaseComponentType()));
    return resideInAnyPackage(packages.toArray(String[]::new)).or(primitive).or(arrays);
  }

  /** The row of a class of ours: its package, below ours. */
  private static String layerOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(BASE) ? "" : name.substring(BASE.length() + 1);
  }

  /** The package at the top that a class of ours is in, or below. */
  private static String roomOf(JavaClass type) {
    return layerOf(type).replaceFirst("\\..*", "");
  }

  /** A package and all below it. */
  private static String packageOf(String layer) {
    return BASE + "." + layer + "..";
  }
}
