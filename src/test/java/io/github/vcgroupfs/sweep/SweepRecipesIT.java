package io.github.vcgroupfs.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipes that spread a sweep, with what people use: GNU parallel over two hosts, which are two
 * addresses of a real sshd of ours, and a job array of Slurm on a cluster of one node, whose
 * daemons are ours, too. Each must give the bytes that one sweep gives.
 */
@Timeout(120)
class SweepRecipesIT {
  private static final Path SCRIPTS = Path.of("mount-scripts").toAbsolutePath();
  private static final String USER = System.getProperty("user.name");

  private static final String GRID =
      """
      {"kind":"fill","limit":["64K","256K"],"connections":[1,4,9],"chunk":4096,"seconds":0.05}
      {"kind":"stream","limit":["64K",-1],"connections":2,"chunk":[500,4096],"seconds":0.05}
      """;

  private static final int SCENARIOS = 10;

  private final List<Process> servers = new ArrayList<>();

  @TempDir private Path folder;
  private Path grid;
  private Path answers;
  private Path program;

  @BeforeEach
  void aProgramThatSaysWhereItRuns() throws Exception {
    grid = Files.writeString(folder.resolve("grid.jsonl"), GRID);
    answers = folder.resolve("answers.jsonl");
    String java =
        Program.command().stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    program =
        script(
            "vcgroupfs",
            "printf '%s\\n' \"$1 ${SSH_CONNECTION-}, ${SLURM_ARRAY_TASK_ID-}\" >> "
                + folder.resolve("runs")
                + "\nexec "
                + java
                + " \"$@\"");
  }

  @AfterEach
  void serversEnd() throws Exception {
    for (int i = servers.size() - 1; i >= 0; i--) {
      servers.get(i).destroy();
    }
    for (Process each : servers) {
      if (!each.waitFor(10, TimeUnit.SECONDS)) {
        each.destroyForcibly().waitFor();
      }
    }
  }

  private Path script(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void serve(Map<String, String> environment, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    Path log = folder.resolve("log." + Path.of(command[0]).getFileName());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    servers.add(builder.start());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String absolute(String program) {
    return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .map(place -> place + "/" + program)
        .filter(file -> Files.isExecutable(Path.of(file)))
        .findFirst()
        .orElse(program);
  }

  private static boolean has(String... programs) {
    return Stream.of(programs).allMatch(each -> absolute(each).startsWith("/"));
  }

  /** Runs a program until it succeeds: a daemon needs a moment. */
  private void await(Map<String, String> environment, String... command) throws Exception {
    Ended last = run(environment, command);
    for (int i = 0; i < 200 && last.status() != 0; i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      last = run(environment, command);
    }
    assertThat(last.status()).as("%s: %s; %s", List.of(command), last, logs()).isZero();
  }

  private String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(file -> file.toString().contains("log")).toList()) {
        all.append(each).append(":\n").append(Files.readString(each));
      }
    }
    return all.toString();
  }

  private static Ended run(Map<String, String> environment, String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of("env"));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(List.of(command));
    return Program.runToEnd(words);
  }

  /**
   * The answers of one sweep, and how often the recipe started the program for each of its jobs.
   */
  private List<String> spread(Map<String, String> environment, String... command) throws Exception {
    Ended one = Program.run("sweep", "--seed", "5", grid.toString());
    assertThat(one.out().lines()).as("%s", one).hasSize(SCENARIOS);
    Ended ended = run(environment, command);
    assertThat(ended.status()).as("%s; %s", ended, logs()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(Files.readString(answers)).isEqualTo(one.out());
    return Files.readAllLines(folder.resolve("runs")).stream()
        .filter(run -> run.startsWith("simulate"))
        .toList();
  }

  @Test
  void parallelSpreadsItOverHosts() throws Exception {
    Needs.that(has("sshd", "ssh", "ssh-keygen", "parallel"), "no sshd, ssh or GNU parallel");
    int port = freePort();
    for (String key : List.of("host", "user")) {
      String file = folder.resolve(key).toString();
      assertThat(
              Program.runToEnd(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file)))
          .isEqualTo(new Ended(0, "", ""));
    }
    Path config = folder.resolve("sshd_config");
    Files.writeString(
        config,
        """
        ListenAddress 127.0.0.1:%d
        ListenAddress 127.0.0.2:%d
        HostKey %s/host
        AuthorizedKeysFile %s/user.pub
        StrictModes no
        UsePAM no
        PidFile none
        """
            .formatted(port, port, folder, folder));
    if (USER.equals("root")) { // where it puts who is not yet known; the service makes it, if any
      Files.createDirectories(Path.of("/run/sshd"));
    }
    serve(Map.of(), absolute("sshd"), "-D", "-e", "-f", config.toString());
    Path client = folder.resolve("ssh_config");
    Files.writeString(
        client,
        """
        Host one
          HostName 127.0.0.1
        Host two
          HostName 127.0.0.2
        Host *
          Port %d
          User %s
          IdentityFile %s/user
          IdentitiesOnly yes
          StrictHostKeyChecking no
          LogLevel ERROR
          UserKnownHostsFile /dev/null
        """
            .formatted(port, USER, folder));
    await(Map.of(), "ssh", "-F", client.toString(), "two", "true");
    String hosts = "1/ssh -F %s one,1/ssh -F %s two".formatted(client, client);
    Map<String, String> environment =
        Map.of(
            "VCGROUPFS",
            program.toString(),
            "LINES_A_JOB",
            "5",
            "SWEEP_OPTIONS",
            "--seed 5",
            "HOME",
            folder.toString());
    List<String> runs =
        spread(
            environment,
            SCRIPTS + "/sweep-parallel",
            grid.toString(),
            answers.toString(),
            "-S",
            hosts);
    assertThat(runs).hasSize(2);
    Set<String> addresses = new TreeSet<>();
    runs.forEach(run -> addresses.add(run.split("[ ,]+", -1)[3]));
    assertThat(addresses).containsExactly("127.0.0.1", "127.0.0.2");
  }

  @Test
  void slurmSpreadsItOverAJobArray() throws Exception {
    Needs.that(has("munged", "slurmctld", "slurmd", "sbatch", "sinfo"), "no munge or no Slurm");
    Path place = Files.createDirectories(folder.resolve("run"));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path key =
        Files.write(
            folder.resolve("key"), "a test of our own, and no secret".repeat(4).getBytes(UTF_8));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    serve(
        Map.of(),
        absolute("munged"),
        "--foreground",
        "--force", // whoever owns the folders above
        "--num-threads=2",
        "--key-file=" + key,
        "--socket=" + place + "/munge",
        "--pid-file=" + place + "/munged.pid",
        "--log-file=" + folder + "/log.munge",
        "--seed-file=" + folder + "/munge.seed");
    Path config = Files.writeString(folder.resolve("slurm.conf"), slurmConf(place));
    Files.createDirectories(folder.resolve("state"));
    Files.createDirectories(folder.resolve("spool"));
    Map<String, String> environment = Map.of("SLURM_CONF", config.toString());
    await(Map.of(), "test", "-S", place + "/munge");
    serve(environment, absolute("slurmctld"), "-D");
    serve(environment, absolute("slurmd"), "-D", "-N", "node0");
    await(environment, "sh", "-c", "sinfo -h -o %T | grep -q idle");
    List<String> runs =
        spread(
            Map.of(
                "SLURM_CONF",
                config.toString(),
                "VCGROUPFS",
                program.toString(),
                "LINES_A_TASK",
                "5",
                "SWEEP_OPTIONS",
                "--seed 5"),
            SCRIPTS + "/sweep-slurm",
            grid.toString(),
            answers.toString());
    assertThat(runs).containsExactlyInAnyOrder("simulate , 0", "simulate , 1");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .as("parts that are left")
          .noneMatch(name -> name.startsWith("sweep-slurm."));
    }
  }

  private String slurmConf(Path place) throws IOException {
    return """
    ClusterName=test
    SlurmctldHost=localhost(127.0.0.1)
    SlurmUser=USER
    SlurmdUser=USER
    AuthType=auth/munge
    CredType=cred/munge
    AuthInfo=socket=PLACE/munge
    SlurmctldPort=CTL
    SlurmdPort=NODE
    SlurmctldPidFile=PLACE/slurmctld.pid
    SlurmdPidFile=PLACE/slurmd.pid
    StateSaveLocation=FOLDER/state
    SlurmdSpoolDir=FOLDER/spool
    ProctrackType=proctrack/linuxproc
    TaskPlugin=task/none
    SchedulerType=sched/builtin
    SelectType=select/cons_tres
    JobAcctGatherType=jobacct_gather/none
    AccountingStorageType=accounting_storage/none
    MpiDefault=none
    SlurmdParameters=config_overrides
    NodeName=node0 NodeHostname=localhost NodeAddr=127.0.0.1 Port=NODE CPUs=2
    PartitionName=all Nodes=node0 Default=YES MaxTime=INFINITE State=UP
    """
        .replace("USER", USER)
        .replace("PLACE", place.toString())
        .replace("FOLDER", folder.toString())
        .replace("CTL", Integer.toString(freePort()))
        .replace("NODE", Integer.toString(freePort()));
  }
}
