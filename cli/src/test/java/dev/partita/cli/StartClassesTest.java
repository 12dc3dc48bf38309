package dev.partita.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a start of the server costs: classes that it does not need are not loaded. */
class StartClassesTest {
  @TempDir private Path directory;

  @Test
  @Timeout(120)
  void startLoadsNothingOfTheOtherCommands() throws Exception {
    Path log = directory.resolve("classes");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:file=" + log,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                PartitaCommand.class.getName(),
                "start",
                "--port",
                "0",
                "--in-memory")
            .redirectError(directory.resolve("err").toFile())
            .start();
    List<String> printed = new ArrayList<>();
    try (BufferedReader out = server.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        printed.add(line);
        if (line.startsWith("ready ")) {
          server.toHandle().destroy();
        }
      }
      assertEquals(0, server.waitFor(), () -> String.join("\n", printed));
    } finally {
      server.destroyForcibly();
    }
    List<String> loaded = Files.readAllLines(log);
    assertTrue(loaded.stream().anyMatch(line -> line.contains(" dev.partita.server.Node ")));
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(line ->
                line.contains(" dev.partita.triggers.")
                    || line.contains(" dev.partita.bench.")
                    || line.contains(" dev.partita.cli.TriggersCommand")
                    || line.contains(" dev.partita.cli.AdminCommand")
                    || line.contains(" dev.partita.server.admin.")
                    || line.contains(" dev.partita.engine.scrub.")
                    || line.contains(" dev.partita.engine.control.")
                    || line.contains(" com.fasterxml.jackson.core.util.DefaultPrettyPrinter")
                    || line.contains(" java.net.http.")
                    || line.contains(" picocli."))
            .toList());
  }
}
