package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is on the command line, as far as nothing is mounted: exit status and exact text. */
class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    PlainLine.Voice voice = new PlainLine.Voice(new PrintWriter(out), new PrintWriter(err));
    CommandLine line = Main.commandLine(new FuseLibrary(), voice, args);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return line.execute(args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "frobnicate | unknown command frobnicate; see vcgroupfs --help",
        "mout /x | unknown command mout; did you mean mount?",
        "profile | unknown command profile; did you mean profiles?",
        "--nope | Unknown option: '--nope'",
        "mount --profle x /x | Unknown option: '--profle'; did you mean --profile?",
        "mount --sise=zero /x | Unknown option: '--sise=zero'; did you mean --size?",
        "top --intervall 1 /x | Unknown options: '--intervall', '/x'; did you mean --interval?",
        "mount --for-rum /x | Unknown option: '--for-rum'",
        "help mout | Unknown subcommand 'mout'.",
        "mount | MOUNTPOINT is missing",
        "mount --strict | MOUNTPOINT is missing",
        "mount --nope /x | Unknown option: '--nope'",
        "mount /x --strict | options come before MOUNTPOINT: --strict",
        "mount --strict /x --size zero | options come before MOUNTPOINT: --size",
        "mount /x /y | one MOUNTPOINT, not also /y",
        "mount --size big /x | Invalid value for option '--size': exact or zero, not big",
        "mount --size Exact /x | Invalid value for option '--size': exact or zero, not Exact",
        "mount --accounting no /x | Invalid value for option '--accounting': auto or always, not no",
        "mount --release-agent no /x"
            + " | Invalid value for option '--release-agent': record or run, not no",
        "mount --log-level loud /x"
            + " | Invalid value for option '--log-level':"
            + " error or warn or info or debug or trace, not loud",
        "mount --seed x /x | Invalid value for option '--seed': 'x' is not a long",
        "mount --quota groups=many /x"
            + " | --quota: \"groups=many\" is no quota: write WHAT=N, such as connections=100000",
        "mount --mount-quota sheep=3 /x"
            + " | --mount-quota: there is no quota \"sheep\": there are connections, relays,"
            + " relay-connections, faults, events, groups, descriptors",
        "mount --profile | Missing required parameter for option '--profile' (ID)",
        "umount | Missing required parameter: 'MOUNTPOINT'",
        "umount /x --nope | Unknown option: '--nope'",
        "umount /x /y | Unmatched argument at index 2: '/y'",
        "profiles --diff lwn-2011 nope | unknown profile nope; there are: ALL",
        "mount --profile nope /x | unknown profile nope; there are: ALL",
        "simulate --profile nope"
            + " | Invalid value for option '--profile': unknown profile nope; there are: ALL",
        "simulate --seed x | Invalid value for option '--seed': 'x' is not a long",
        "simulate a b | Unmatched argument at index 2: 'b'",
        "sweep --jobs 0 | --jobs 0: at least 1",
        "sweep --axes a | --axes a: two names, with a comma",
        "sweep --goal throughput | \"throughput\" is no goal: write it as throughput>=95%,"
            + " dropped<=0.1% or max_usage<=2M",
        "sweep --expand --csv a | --expand runs nothing, so there is nothing for --answered, --csv or"
            + " --heat-map",
        "sweep --heat-map a.gif | --heat-map=a.gif: a heat map is a file that ends in .svg or .png",
        "serve | Missing required parameter: 'DIR'",
        "serve --interval 0 / | --interval 0.0: from 0.1 to 3600 seconds",
        "serve --interval x / | Invalid value for option '--interval': 'x' is not a double",
        "serve --listen 0.0.0.0:0 / | --listen 0.0.0.0:0: other machines reach that,"
            + " so it needs a token: add --token-file FILE",
        "serve --listen 8180 / | \"8180\" is no HOST:PORT:"
            + " write it as 127.0.0.1:8180, [::1]:8180 or localhost:0",
        "serve --token short / | a token has 16 to 256 characters of ASCII and no spaces:"
            + " openssl rand -hex 16 makes one",
        "serve --token a --token-file b / | --token and --token-file are two ways to say it:"
            + " give one",
        "top | Missing required parameter: 'DIR'",
        "top --tree --list /x | Error: --tree, --list are mutually exclusive (specify only one)",
        "top --interval 0 /x | --interval 0.0: seconds from 0.1 to 3600",
        "top --interval x /x | Invalid value for option '--interval': 'x' is not a double",
        "top --sort size /x | --sort size: there are name, usage, max, limit, used, failcnt, kmem,"
            + " kmem-limit, tcp, tcp-max, tcp-limit, tcp-used, tcp-failcnt, sockets, window,"
            + " pressure, drops, refused, sent, received, procs",
      })
  void wrongUsageIs2(String args, String message) {
    String all = Profiles.all().stream().map(KernelProfile::id).collect(Collectors.joining(", "));
    assertThat(execute(args.split(" ", -1))).isEqualTo(ExitStatus.MISUSED);
    assertThat(err).hasToString("vcgroupfs: " + message.replace("ALL", all) + "\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aCommandIsNeeded() {
    assertThat(execute()).isEqualTo(ExitStatus.MISUSED);
    assertThat(err).hasToString("vcgroupfs: which command? See vcgroupfs --help\n");
  }

  @Test
  void anEmptyMountPointIsNone() {
    assertThat(execute("mount", "")).isEqualTo(ExitStatus.MISUSED);
    assertThat(err).hasToString("vcgroupfs: MOUNTPOINT is missing\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "help",
        "help mount",
        "help top",
        "mount --help",
        "umount --help",
        "doctor -h",
        "profiles -h",
        "top -h",
        "serve -h",
        "sweep -h"
      })
  void helpGoesToStandardOutput(String args) {
    assertThat(execute(args.split(" ", -1))).isZero();
    assertThat(out.toString()).startsWith("Usage: vcgroupfs").doesNotContain("archive-training");
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 100);
    assertThat(err.toString()).isEmpty();
  }

  /** A bare percent sign would make the library complain on standard error. */
  @Test
  void theHelpOfServeHasItsPercentSign() {
    execute("serve", "--help");
    assertThat(out.toString().replaceAll("\\s+", " ")).contains("more than 5 % of the time");
  }

  @Test
  void helpOfACommandIsTheSameInBothWays() {
    execute("help", "sweep");
    String one = out.toString();
    out.getBuffer().setLength(0);
    execute("sweep", "--help");
    assertThat(out).hasToString(one);
  }

  @Test
  void helpNamesTheCommands() {
    execute("--help");
    assertThat(out.toString()).contains("  mount ", "  umount ", "  doctor ", "  profiles ");
  }

  @Test
  void profilesAreListedOldestFirst() {
    assertThat(execute("profiles")).isZero();
    assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]).toList())
        .isEqualTo(Profiles.all().stream().map(KernelProfile::id).toList());
    assertThat(out.toString()).startsWith("lwn-2011");
  }

  @Test
  void doctorHasALineForEachThing() {
    assertThat(execute("doctor")).isIn(ExitStatus.DONE, ExitStatus.PREREQUISITE);
    assertThat(out.toString().lines()).allMatch(line -> line.matches("(ok|missing) +[^ ].*"));
    assertThat(out.toString())
        .contains("Java ", "libfuse 2 ", "/dev/fuse ", "fusermount ", "user_allow_other ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void simulateAnswersEachLine(@TempDir Path folder) throws Exception {
    Path scenarios = folder.resolve("s.jsonl");
    Files.writeString(
        scenarios,
        "{\"name\":\"s\",\"kind\":\"fill\",\"limit\":65536,\"connections\":1,\"chunk\":16384}\n\n");
    Path csv = folder.resolve("t.csv");
    assertThat(execute("simulate", "--profile", "linux-6.18", "--trace", csv + "", scenarios + ""))
        .isZero();
    assertThat(out.toString())
        .startsWith("{\"name\":\"s\",")
        .contains("\"sent\":87040")
        .endsWith("}\n");
    assertThat(Files.readAllLines(csv)).hasSizeGreaterThan(3);
  }

  @Test
  void simulateSaysWhatItCannotReadOrWrite(@TempDir Path folder) throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.jsonl"), "{\"kind\":\"boil\"}\n");
    assertThat(execute("simulate", bad.toString())).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString())
        .isEqualTo("vcgroupfs: line 1: \"kind\": is boil; write fill, drain, stream or free\n");
    Path missing = folder.resolve("missing");
    assertThat(execute("simulate", missing.toString())).isEqualTo(ExitStatus.FAILED);
    assertThat(execute("simulate", "--trace", missing + "/t.csv", bad.toString()))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString())
        .contains("vcgroupfs: no such file or directory: " + missing + "\n")
        .contains("vcgroupfs: no such file or directory: " + missing + "/t.csv\n");
    assertThat(execute("simulate", folder.toString())).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).endsWith("vcgroupfs: " + folder + ": is a directory\n");
    Path latin = Files.write(folder.resolve("latin.jsonl"), new byte[] {'{', '"', (byte) 0xe4});
    assertThat(execute("simulate", latin.toString())).isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).contains("vcgroupfs: line 1: not a JSON object: ");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--trace", "--plot"})
  void simulateNamesTheFileThatIsFull(String option, @TempDir Path folder) throws Exception {
    Path good =
        Files.writeString(
            folder.resolve("good.jsonl"),
            "{\"kind\":\"fill\",\"limit\":65536,\"connections\":1,\"chunk\":16384}\n");
    Path full = Files.createSymbolicLink(folder.resolve("full.svg"), Path.of("/dev/full"));
    assertThat(execute("simulate", option, full.toString(), good.toString()))
        .isEqualTo(ExitStatus.FAILED);
    assertThat(err.toString()).isEqualTo("vcgroupfs: " + full + ": No space left on device\n");
  }

  @Test
  void sweepAnswersAllCombinations(@TempDir Path folder) throws Exception {
    Path grid =
        Files.writeString(
            folder.resolve("g.jsonl"),
            "{\"kind\":\"stream\",\"limit\":[\"64K\",\"1M\"],\"connections\":[1,2],\"chunk\":4096,"
                + "\"seconds\":0.05}\n");
    assertThat(execute("sweep", grid.toString())).isZero();
    assertThat(out.toString().lines()).hasSize(4).allMatch(line -> line.contains("\"received\":"));
    out.getBuffer().setLength(0);
    Path lines = folder.resolve("l.jsonl");
    Path csv = folder.resolve("c.csv");
    Path map = folder.resolve("m.svg");
    assertThat(
            execute(
                "sweep",
                "--goal=received>=1%",
                "--lines=" + lines,
                "--csv=" + csv,
                "--heat-map=" + map,
                grid.toString()))
        .isZero();
    assertThat(out.toString().lines()).hasSize(3).first().asString().contains("received%");
    assertThat(Files.readAllLines(lines)).hasSize(6);
    assertThat(Files.readAllLines(csv)).hasSize(7);
    assertThat(map).content().contains("received% over limit and connections");
    String table = out.toString();
    out.getBuffer().setLength(0);
    assertThat(execute("sweep", "--answered", "--goal=received>=1%", lines.toString())).isZero();
    assertThat(out).hasToString(table);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aPlotIsSvgOrPng(@TempDir Path folder) {
    Path trace = folder.resolve("trace.csv");
    assertThat(execute("simulate", "--trace", trace.toString(), "--plot", "a.pdf", "b"))
        .isEqualTo(ExitStatus.MISUSED);
    assertThat(err.toString())
        .startsWith("vcgroupfs: --plot=a.pdf: a plot is a file that ends in .svg or .png");
    assertThat(trace).as("nothing was begun").doesNotExist();
  }
}
