package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumers that are killed while they work. */
class CrashTest {
  private static final int KILLED = 128 + 9;

  @TempDir private Path directory;

  private int run(FakeStreams streams, String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ConsumerProcess.class.getName(),
                streams.endpoint().toString(),
                directory.resolve("checkpoint").toString(),
                script)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  private List<String> delivered() throws IOException {
    return Files.readAllLines(directory.resolve("delivered")).stream()
        .flatMap(line -> List.of(line.split("\"SequenceNumber\":\"", -1)).stream().skip(1))
        .map(part -> part.substring(0, part.indexOf('"')))
        .toList();
  }

  @Test
  void whatWasDeliveredAndNotYetWrittenDownIsDeliveredAgain() throws Exception {
    Path file = directory.resolve("delivered");
    String deliver = "cat >> " + file + "; echo >> " + file + "; ";
    try (FakeStreams streams = new FakeStreams()) {
      streams.shard("a", null);
      List<String> first = List.of(streams.insert("a", "k", 1), streams.insert("a", "k", 2));
      // The command has taken the batch, and ends the consumer before it can note it.
      assertEquals(KILLED, run(streams, deliver + "kill -9 $PPID"), this::log);
      assertEquals(first, delivered());

      // Now the second batch of a run: the first is noted, so only the second comes again.
      String second = streams.insert("a", "k", 3);
      streams.split("a", "b");
      String third = streams.insert("b", "k", 4);
      String killSecond = "if test $(wc -l < " + file + ") = 3; then kill -9 $PPID; fi";
      assertEquals(KILLED, run(streams, deliver + killSecond), this::log);
      assertEquals(
          List.of(first.get(0), first.get(1), first.get(0), first.get(1), second, third),
          delivered());

      streams.disable();
      assertEquals(0, run(streams, deliver), this::log);
      assertEquals(
          List.of(first.get(0), first.get(1), first.get(0), first.get(1), second, third, third),
          delivered());
    }
    String checkpoint = Files.readString(directory.resolve("checkpoint"));
    assertTrue(checkpoint.contains("\"b\":{\"finished\":true}"), checkpoint);
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
