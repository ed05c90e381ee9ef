package io.github.vcgroupfs.rights;

import static io.github.vcgroupfs.rights.TwoUsers.NOBODY;
import static io.github.vcgroupfs.rights.TwoUsers.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two users on a mount of root's that has no option for them: the rows of security.md. */
@MountTest
@Tag("jdk")
class UserRightsIT {
  private static final String EPERM = "Operation not permitted";
  private static final String EACCES = "Permission denied";
  private static final String DONE = "";
  private static final String RELAY = "nobody/sim.tcp.relay";

  private static TwoUsers users;
  private static MountedFs mount;

  @BeforeAll
  static void startMount() throws Exception {
    users = TwoUsers.start("--profile", "linux-6.18");
    mount = users.mount();
  }

  @AfterAll
  static void endMount() throws Exception {
    if (users != null) {
      users.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add r listen=127.0.0.1:81 connect=127.0.0.1:22",
        "add r listen=0.0.0.0:8181 connect=127.0.0.1:22",
        "add r listen=127.0.0.1:0 connect=127.0.0.1:22",
        "remove r",
        "nonsense"
      })
  void simTcpRelayIsNotForUsers(String line) throws Exception {
    users.shell(NOBODY, "mkdir -p nobody/u");
    for (String group : new String[] {"nobody", "nobody/u"}) {
      assertThat(users.write(NOBODY, group + "/sim.tcp.relay", line)).isEqualTo(EPERM);
      assertThat(users.why(group))
          .contains(
              "EPERM: sim.tcp.relay is for the mount's owner and root",
              "not for uid 65534",
              "--allow-user-traffic");
      assertThat(mount.read(group + "/sim.tcp.relay")).isEmpty();
    }
    assertThat(users.write(OTHER, RELAY, line)).as("not his group").isEqualTo(EACCES);
  }

  @Test
  void rootsOwnRelaysAreAsBefore() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String line = "add own listen=0.0.0.0:0 connect=127.0.0.1:" + server.getLocalPort();
      assertThat(users.write(0, RELAY, line)).isEqualTo(DONE);
      assertThat(users.write(NOBODY, RELAY, "remove own")).isEqualTo(EPERM);
      assertThat(users.write(0, RELAY, "remove own")).isEqualTo(DONE);
    }
  }

  @Test
  void simFaultTakesNoDelaysOfUsers() throws Exception {
    assertThat(users.write(NOBODY, "nobody/sim.fault", "open * delay=5s")).isEqualTo(EPERM);
    assertThat(users.why("nobody"))
        .contains("EPERM: delay= in sim.fault is for", "--allow-user-traffic");
    assertThat(users.write(NOBODY, "nobody/sim.fault", "read tasks error=ENODEV\nopen * delay=1ms"))
        .as("all lines or none")
        .isEqualTo(EPERM);
    assertThat(mount.read("nobody/sim.fault")).isEmpty();
    assertThat(users.write(NOBODY, "nobody/sim.fault", "read memory.stat error=ENODEV"))
        .isEqualTo(DONE);
    assertThat(users.shell(NOBODY, "cat nobody/memory.stat").err()).contains("No such device");
    for (int uid : new int[] {0, OTHER}) {
      assertThat(users.shell(uid, "cat nobody/memory.stat").err())
          .as("a user's faults strike his own calls only")
          .isEmpty();
    }
    assertThat(mount.read("nobody/sim.fault")).endsWith("struck 1, calls of uid 65534 only\n");
    assertThat(users.write(NOBODY, "nobody/sim.fault", "clear")).isEqualTo(DONE);
    assertThat(users.write(OTHER, "nobody/sim.fault", "clear")).isEqualTo(EACCES);
  }

  @Test
  void simTcpMemIsTheMachines() throws Exception {
    String before = mount.read("sim.tcp.mem");
    assertThat(users.write(NOBODY, "sim.tcp.mem", "1 2 3")).as("root's file").isEqualTo(EACCES);
    Syscalls.chown(mount.path("sim.tcp.mem"), NOBODY, NOBODY);
    assertThat(users.write(NOBODY, "sim.tcp.mem", "1 2 3")).isEqualTo(EPERM);
    assertThat(users.why(".")).contains("EPERM: sim.tcp.mem is for", "--allow-user-traffic");
    assertThat(mount.read("sim.tcp.mem")).isEqualTo(before);
  }

  @Test
  void simTcpFlowsFillOwnGroupsOnly() throws Exception {
    users.shell(NOBODY, "mkdir -p nobody/peer");
    String file = "nobody/sim.tcp.flows";
    assertThat(users.write(NOBODY, file, "add f peer=other send=0")).isEqualTo(EPERM);
    assertThat(users.why("nobody")).contains("EPERM: peer=other", "not uid 65534's");
    for (String peer : new String[] {"same", "outside", "nobody/peer"}) {
      assertThat(users.write(NOBODY, file, "add f send=0 peer=" + peer)).as(peer).isEqualTo(DONE);
      assertThat(users.write(NOBODY, file, "remove f")).isEqualTo(DONE);
    }
    assertThat(users.write(OTHER, file, "add g")).isEqualTo(EACCES);
    assertThat(users.write(0, file, "add h send=0 peer=other\nremove h")).isEqualTo(DONE);
  }

  /** A new file of ours that can be written needs a row here and on the page. */
  @Test
  void everySimFileThatCanBeWrittenIsDecidedFor() throws Exception {
    Map<String, String> decided =
        Map.of(
            "sim.tcp.flows",
            "add decided send=0",
            "sim.fault",
            "read tasks error=ENODEV",
            "sim.tcp.relay",
            EPERM,
            "sim.tcp.mem",
            EPERM);
    users.makeGroup("decided", NOBODY);
    Map<String, String> answers = new TreeMap<>();
    for (String folder : new String[] {"", "decided", "sim.proc"}) {
      for (Path each : entries(mount.path(folder))) {
        String name = mount.root().relativize(each).toString();
        Syscalls.chown(each, NOBODY, NOBODY);
        boolean writable = (Syscalls.stat(each.toString()).mode() & 0222) != 0;
        String line = decided.getOrDefault(each.getFileName().toString(), "x");
        String answer = users.write(NOBODY, name, line);
        assertThat(users.write(OTHER, name, line)).as("%s of another", name).isEqualTo(EACCES);
        if (writable) {
          answers.put(name, answer);
        } else {
          assertThat(answer).as(name).isEqualTo(EACCES);
        }
      }
    }
    assertThat(answers)
        .isEqualTo(
            Map.of(
                "decided/sim.fault", DONE,
                "decided/sim.tcp.flows", DONE,
                "decided/sim.tcp.relay", EPERM,
                "sim.fault", DONE,
                "sim.tcp.mem", EPERM));
    assertThat(users.write(0, "sim.fault", "clear")).isEqualTo(DONE);
    assertThat(users.write(0, "decided/sim.tcp.flows", "remove decided")).isEqualTo(DONE);
    mount.rmdir("decided");
  }

  private static List<Path> entries(Path folder) {
    List<Path> found = new ArrayList<>();
    for (Syscalls.Entry each : Syscalls.list(folder)) {
      boolean ours = each.name().startsWith("sim.") || folder.endsWith("sim.proc");
      if (ours && each.type() == Syscalls.DT_REG) {
        found.add(folder.resolve(each.name()));
      }
    }
    return found;
  }

  @Test
  void anOpenDescriptorGivesNobodyTheRightsOfAnother() throws Exception {
    String line = "add fd listen=127.0.0.1:0 connect=127.0.0.1:9";
    String byUser = String.join(" ", TwoUsers.as(NOBODY, "sh", "-c"));
    // root has opened it, and a process of the user inherits it
    Program.Ended ended =
        users.shell(
            0,
            byUser
                + " 'echo \"$0\" | tee /proc/self/fd/5 >/dev/null; echo \"$0\" >&5' \"$1\" 5>\"$2\"",
            line,
            RELAY);
    assertThat(ended.status()).isNotZero();
    assertThat(users.why("nobody")).contains("write", "EPERM: sim.tcp.relay is for");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    // the user has opened it, and a program of root's writes to it
    Path fifo = users.folder().resolve("fifo");
    assertThat(Syscalls.mknod(fifo, Syscalls.S_IFIFO | 0666)).isZero();
    Syscalls.chmod(fifo, 0666);
    Process opener =
        new ProcessBuilder(
                TwoUsers.as(
                    NOBODY,
                    "sh",
                    "-c",
                    "exec 5>\"$0\"; read _ <\"$1\"",
                    mount.path(RELAY).toString(),
                    fifo.toString()))
            .start();
    try {
      Path descriptor = Path.of("/proc/" + opener.pid() + "/fd/5");
      while (!Files.exists(descriptor)) {
        assertThat(opener.isAlive()).isTrue();
        Thread.sleep(5);
      }
      Program.Ended root =
          Program.runToEnd(
              List.of("/usr/bin/python3", "-c", PASSED, Long.toString(opener.pid()), line));
      assertThat(root.out().strip()).as(root.err()).isEqualTo("EPERM");
    } finally {
      opener.destroyForcibly().waitFor();
      Files.delete(fifo);
    }
    assertThat(mount.read(RELAY)).isEmpty();
  }

  /** Takes descriptor 5 of a process over, as it is, and writes to it. */
  private static final String PASSED =
      """
      import ctypes, errno, os, sys
      libc = ctypes.CDLL(None, use_errno=True)
      pidfd = libc.syscall(434, int(sys.argv[1]), 0)
      fd = libc.syscall(438, pidfd, 5, 0)
      try:
        os.write(fd, sys.argv[2].encode())
        print('written')
      except OSError as e:
        print(errno.errorcode[e.errno])
      """;

  @Test
  void releaseAgentIsForWhomTheKernelLets() throws Exception {
    assertThat(users.write(NOBODY, "release_agent", "/bin/true")).isEqualTo(EACCES);
    Syscalls.chown(mount.path("release_agent"), NOBODY, NOBODY);
    assertThat(users.write(NOBODY, "release_agent", "/bin/true")).isEqualTo(EPERM);
    assertThat(users.why(".")).contains("EPERM: this kernel lets only", "CAP_SYS_ADMIN");
    Program.Ended weak =
        users.shell(
            0, "setpriv --bounding-set=-sys_admin -- sh -c 'echo /x >release_agent' 2>/dev/null");
    assertThat(weak.status()).as("root without the capability").isNotZero();
    String byUser = String.join(" ", TwoUsers.as(NOBODY, "sh", "-c", "'echo /by/root >&5'"));
    assertThat(users.shell(0, byUser + " 5>release_agent").status())
        .as("who opened it decides: cgroup_release_agent_write")
        .isZero();
    assertThat(mount.read("release_agent")).isEqualTo("/by/root\n");
    assertThat(users.write(0, "release_agent", "")).isEqualTo(DONE);
  }

  @Test
  void pidsAreMovedByTheirOwners() throws Exception {
    Process sleeper = new ProcessBuilder(TwoUsers.as(NOBODY, "sleep", "60")).start();
    try {
      String pid = Long.toString(sleeper.pid());
      while (!Files.getAttribute(Path.of("/proc/" + pid), "unix:uid").equals(NOBODY)) {
        Thread.sleep(5);
      }
      for (String file : new String[] {"cgroup.procs", "tasks"}) {
        assertThat(users.write(OTHER, "other/" + file, pid)).isEqualTo(EACCES);
        assertThat(users.why("other")).contains("EACCES: uid 12345", "may not move process " + pid);
        assertThat(users.write(OTHER, "other/" + file, "1")).as("root's").isEqualTo(EACCES);
        assertThat(users.write(NOBODY, "other/" + file, pid)).as("not his file").isEqualTo(EACCES);
        assertThat(users.write(NOBODY, "nobody/" + file, pid)).isEqualTo(DONE);
        assertThat(mount.read("nobody/" + file)).isEqualTo(pid + "\n");
      }
    } finally {
      sleeper.destroyForcibly().waitFor();
    }
  }

  @Test
  void eventControlTakesDescriptorsOfTheWriterOnly() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    String register =
        """
        import ctypes, errno, os, sys
        root, group, mine = sys.argv[1], sys.argv[2], sys.argv[3] == 'mine'
        event = ctypes.CDLL(None).eventfd(0, 0)
        usage = os.open(root + '/' + group + '/memory.usage_in_bytes', os.O_RDONLY)
        try:
          control = os.open(root + '/' + group + '/cgroup.event_control', os.O_WRONLY)
        except OSError as e:
          sys.exit(print(errno.errorcode[e.errno]))
        if not mine: # open in another process only
          child = os.fork()
          if child == 0:
            os.close(event); os.close(usage)
        try:
          os.write(control, b'%d %d 4096' % (event, usage))
          answer = 'done'
        except OSError as e:
          answer = errno.errorcode[e.errno]
        if mine or child == 0:
          print(answer)
        else:
          os.waitpid(child, 0)
        """;
    assertThat(python(NOBODY, register, "nobody", "mine")).isEqualTo("done");
    assertThat(python(NOBODY, register, "nobody", "child's")).isEqualTo("EBADF");
    assertThat(python(OTHER, register, "nobody", "mine")).as("not his group").isEqualTo("EACCES");
  }

  private static String python(int uid, String program, String... arguments) throws Exception {
    List<String> command =
        TwoUsers.as(uid, "/usr/bin/python3", "-c", program, mount.root().toString());
    command.addAll(List.of(arguments));
    Program.Ended ended = Program.runToEnd(command);
    assertThat(ended.err()).isEmpty();
    return ended.out().strip();
  }

  @Test
  void noNameForgesALineOrSpeaksToATerminal() throws Exception {
    String name = "e\033[2Jvil\u009b";
    assertThat(users.shell(NOBODY, "mkdir nobody/\"$1\"", name).err()).isEmpty();
    String file = "nobody/" + name + "/sim.fault";
    assertThat(users.write(NOBODY, file, "x\n00:00:00.000 root[1] write /tasks \033]0;t\007"))
        .isEqualTo("Invalid argument");
    // a process may call itself as it likes
    users.shell(
        NOBODY,
        "printf 'forged\\n\\033[2J' >/proc/self/comm; mkdir nobody/gone && rmdir nobody/gone");
    String journal = mount.read("sim.journal");
    assertThat(journal).contains("e\\x1b[2Jvil\\xc2\\x9b/sim.fault", "x\\n00:00:00.000 root[1]");
    String log = mount.log();
    for (String text : new String[] {journal, mount.read("nobody/" + name + "/sim.why"), log}) {
      assertThat(text).doesNotContain("\033", "\007", "\u009b");
    }
    assertThat(journal.lines()).allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*"));
    assertThat(journal.lines()).noneMatch(line -> line.startsWith("00:00:00.000 root[1]"));
    mount.rmdir("nobody/" + name);
  }

  @Test
  void aLinkPlantedAsTheLogIsNotFollowed() throws Exception {
    Path open = Files.createDirectory(users.folder().resolve("open"));
    Path victim = Files.writeString(users.folder().resolve("victim"), "untouched");
    Path place = users.folder().resolve("never");
    try {
      Syscalls.chmod(open, 01777);
      assertThat(users.shell(NOBODY, "ln -s \"$1\" \"$2\"", victim + "", open + "/log").err())
          .isEmpty();
      Program.Ended ended = Program.run("mount", "--log", open + "/log", place.toString());
      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.err())
          .contains("the log file", open + "/log is a symbolic link of uid 65534");
      assertThat(victim).hasContent("untouched");
      assertThat(place).doesNotExist();
    } finally {
      Files.deleteIfExists(open.resolve("log"));
      Files.delete(open);
      Files.delete(victim);
    }
  }

  @Test
  void aFixtureIsReadWithTheRightsOfWhoMounts() throws Exception {
    Path secret = Files.writeString(users.folder().resolve("secret"), "groups: {}");
    Path jar = Files.copy(Program.JAR, users.folder().resolve("vcgroupfs.jar"));
    try {
      Syscalls.chmod(secret, 0600);
      Syscalls.chmod(jar, 0644);
      List<String> words =
          Program.command("mount", "--fixture", secret.toString(), users.folder() + "/his").stream()
              .map(word -> word.equals(Program.JAR.toString()) ? jar.toString() : word)
              .toList();
      Program.Ended ended = Program.runToEnd(TwoUsers.as(NOBODY, words.toArray(new String[0])));
      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.err()).contains("permission denied: " + secret);
    } finally {
      Files.delete(secret);
      Files.delete(jar);
    }
  }
}
