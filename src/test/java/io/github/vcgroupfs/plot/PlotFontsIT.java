package io.github.vcgroupfs.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plots where the machine has no fonts, or Java has no pixels. */
class PlotFontsIT {
  private static final String NO_FONTS = "-Dvcgroupfs.no.fonts";
  private static final String NO_DESKTOP =
      "--limit-modules=java.base,java.logging,java.xml,jdk.unsupported,java.naming,jdk.httpserver,"
          + "java.management";

  @TempDir private Path folder;
  private Path scenario = Path.of("");

  @BeforeEach
  void writeScenario() throws Exception {
    scenario =
        Files.writeString(
            folder.resolve("fill.jsonl"),
            "{\"kind\":\"fill\",\"limit\":65536,\"connections\":1,\"chunk\":16384,\"seconds\":0.1}\n");
    Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
  }

  private int simulate(String option, Path plot) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(option, "-Duser.home=" + folder, "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.github.vcgroupfs.cli.Main", "simulate", "--plot", plot.toString()));
    command.add(scenario.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FONTCONFIG_FILE", folder.resolve("fonts.conf").toString());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
    return builder.start().waitFor();
  }

  private String said() throws Exception {
    return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {NO_FONTS, NO_DESKTOP})
  void aPngSaysWhatIsMissingBeforeAnythingIsSimulated(String option) throws Exception {
    Path plot = folder.resolve("plot.png");
    assertThat(simulate(option, plot)).as("%s", said()).isEqualTo(3);
    assertThat(said())
        .startsWith("vcgroupfs: a PNG needs java.desktop and fonts")
        .contains("apt-get install -y fontconfig fonts-dejavu-core", "or write an .svg")
        .doesNotContain("\"kind\"", "\tat ");
    assertThat(plot).doesNotExist();
  }

  @Test
  void anSvgNeedsNeither() throws Exception {
    Path plot = folder.resolve("plot.svg");
    assertThat(simulate(NO_DESKTOP, plot)).as("%s", said()).isZero();
    assertThat(Files.readString(plot)).endsWith("</svg>\n").contains("class=\"series usage\"");
  }
}
