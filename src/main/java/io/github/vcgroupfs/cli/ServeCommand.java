package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.daemon.Folders;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.serve.Answer;
import io.github.vcgroupfs.serve.Endpoint;
import io.github.vcgroupfs.serve.ListenAddress;
import io.github.vcgroupfs.serve.Need;
import io.github.vcgroupfs.serve.ServeException;
import io.github.vcgroupfs.serve.ServeSettings;
import io.github.vcgroupfs.serve.Token;
import io.github.vcgroupfs.serve.WebServer;
import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.WatchException;
import io.github.vcgroupfs.watch.Watcher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.ConsoleHandler;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vcgroupfs serve}: a hierarchy as a web page. */
@Command(
    name = "serve",
    description = "Shows a hierarchy, ours or a kernel's, as a web page with live charts.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {
  private static final double LEAST_SECONDS = 0.1;
  private static final double MOST_SECONDS = 3600;
  private static final int MS_PER_SECOND = 1000;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8180",
      description = {
        "Where to listen (default: ${DEFAULT-VALUE}). Port 0: one that is free.",
        "An address that other machines reach needs a token of yours, too.",
      })
  private String listen = "";

  @Option(
      names = "--write",
      description = "Let the page change groups: who has the link that is printed may.")
  private boolean write;

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      description = {
        "Answer only who knows this. Who can list processes can read it here:",
        "rather use --token-file.",
      })
  private @Nullable String token;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "Answer only who knows the first line of this file; the link that is printed",
        "is without it.",
      })
  private @Nullable Path tokenFile;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = {
        "How often the groups are read while somebody looks (default: ${DEFAULT-VALUE});",
        "less often where that would take more than 5 %% of the time.",
      })
  private double seconds;

  @Parameters(
      paramLabel = "DIR",
      description = "A mount of ours, or a memory hierarchy such as /sys/fs/cgroup/memory.")
  private Path directory = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli sets it

  @Override
  public Integer call() throws IOException, ServeException, WatchException, InterruptedException {
    ServeSettings settings = settings();
    Duration interval = interval();
    Hierarchy hierarchy = Hierarchy.at(Folders.users().resolve(directory));
    Watcher watcher = new Watcher(hierarchy, interval);
    WebServer server = WebServer.start(settings, watcher, endpoints(watcher));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    if (write && !hierarchy.isOurs()) {
      Failures.say(
          spec.commandLine(),
          hierarchy.directory()
              + " is a kernel's own: limits that the page writes hold for real processes");
    }
    Logger.getLogger("").addHandler(new ConsoleHandler()); // what should not happen is told
    PrintWriter out = spec.commandLine().getOut();
    out.println(server.link());
    out.flush();
    server.awaitEnd();
    return ExitStatus.DONE;
  }

  private ServeSettings settings() throws IOException {
    ListenAddress address;
    Token given;
    try {
      address = ListenAddress.parse(listen);
      given = given();
    } catch (ServeException bad) {
      throw new ParameterException(spec.commandLine(), bad.getMessage(), bad);
    }
    if (given == null && !address.isLoopback()) {
      throw new ParameterException(
          spec.commandLine(),
          "--listen %s: other machines reach that, so it needs a token: add --token-file FILE"
              .formatted(address));
    }
    return new ServeSettings(
        address,
        write,
        given == null && write ? Token.random() : given,
        given != null,
        tokenFile == null,
        Version.number());
  }

  private @Nullable Token given() throws IOException, ServeException {
    if (token != null && tokenFile != null) {
      throw new ParameterException(
          spec.commandLine(), "--token and --token-file are two ways to say it: give one");
    }
    if (tokenFile != null) {
      Path file = Folders.users().resolve(tokenFile);
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      return Token.of(lines.isEmpty() ? "" : lines.get(0).strip());
    }
    return token == null ? null : Token.of(token);
  }

  private Duration interval() {
    if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
      throw new ParameterException(
          spec.commandLine(),
          "--interval %s: from %s to %s seconds"
              .formatted(seconds, LEAST_SECONDS, Math.round(MOST_SECONDS)));
    }
    return Duration.ofMillis(Math.round(seconds * MS_PER_SECOND));
  }

  private static List<Endpoint> endpoints(Watcher watcher) {
    List<String> profiles = Profiles.all().stream().map(KernelProfile::id).toList();
    Answer answer = Answer.json(Map.of("profiles", profiles));
    List<Endpoint> all = new ArrayList<>();
    all.add(new Endpoint("/api/profiles", Need.LOOK, request -> answer));
    all.addAll(WhatIfEndpoints.all());
    all.addAll(MetricsEndpoints.of(watcher));
    return all;
  }
}
