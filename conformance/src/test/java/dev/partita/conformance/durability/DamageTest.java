package dev.partita.conformance.durability;

import static dev.partita.conformance.durability.TableClient.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.conformance.RawClient.Answer;
import dev.partita.conformance.Seeds;
import dev.partita.conformance.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a stopped server are damaged: what is wrong is named, and never served. */
class DamageTest {
  private static final String TABLE = "damaged";
  private static final int ITEMS = 300;
  private static final int FLIPS_PER_LOG = 3;

  /** As {@code docs/} says: a node that halts because of its disk. */
  private static final int HALTED = 70;

  @TempDir Path directory;

  @BeforeEach
  void writeAndKill() {
    try (ServerProcess server = start();
        TableClient client = new TableClient(server.address())) {
      succeeded(client.createTable(TABLE));
      for (int number = 0; number < ITEMS; number++) {
        succeeded(client.put(TABLE, "key" + number, number + 1));
      }
      server.kill();
    }
  }

  private Path data() {
    return directory.resolve("data");
  }

  private ServerProcess start() {
    return ServerProcess.start(data(), "--replication-groups", "1");
  }

  /** The one line that a refused start says. */
  private String refusal() {
    try (ServerProcess server = ServerProcess.launch(data())) {
      assertFalse(server.awaitReady());
      assertEquals(1, server.awaitExit());
      assertEquals(1, server.output().size(), () -> String.join("\n", server.output()));
      return server.output().getFirst();
    }
  }

  private Path largest(String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(data())) {
      return files
          .filter(path -> path.getFileName().toString().endsWith(suffix))
          .max(Comparator.comparingLong(path -> path.toFile().length()))
          .orElseThrow();
    }
  }

  private static void flipBit(Path file, int position, int bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[position] ^= (byte) (1 << bit);
    Files.write(file, bytes);
  }

  @Test
  void anyBitInTheMiddleOfTheLogStopsTheStart() throws IOException {
    SplittableRandom random = new SplittableRandom(Seeds.next("damaged log"));
    Path log = largest(".log");
    byte[] sound = Files.readAllBytes(log);
    for (int flip = 0; flip < FLIPS_PER_LOG; flip++) {
      // The last item is below a twentieth of the whole; space that was preallocated is not
      // written.
      int position = random.nextInt((int) (sound.length * 0.9));
      flipBit(log, position, random.nextInt(8));
      String line = refusal();
      assertTrue(line.contains("damaged file " + log + " at byte "), line);
      int named = Integer.parseInt(line.replaceAll(".* at byte ([0-9]+).*", "$1"));
      assertTrue(named <= position, () -> line + ", flipped at " + position);
      Files.write(log, sound);
    }
    try (ServerProcess server = start();
        TableClient client = new TableClient(server.address())) {
      assertEquals(ITEMS, client.scan(TABLE).size(), "the log as it was is accepted");
    }
  }

  /** A start writes what the log holds to a data file, whose blocks are read by reading items. */
  @Test
  void aDamagedDataFileHaltsTheServerThatReadsIt() throws IOException {
    try (ServerProcess server = start()) {
      server.kill();
    }
    Path file = largest(".sst");
    // Blocks of items come first; indexes, filters and the footer, which a start reads, last.
    flipBit(file, (int) (Files.size(file) / 4), 5);
    try (ServerProcess server = start();
        TableClient client = new TableClient(server.address())) {
      List<Integer> served = new ArrayList<>();
      readUntilGone(client, served);
      assertTrue(served.size() < ITEMS, "no item of the damaged block was read");
      assertEquals(HALTED, server.awaitExit());
      String output = String.join("\n", server.output());
      assertTrue(output.contains("halting"), output);
      assertTrue(output.contains("damaged file " + file + " at byte "), output);
    }
  }

  /** Whatever is answered before the end is right. */
  private static void readUntilGone(TableClient client, List<Integer> served) {
    for (int number = 0; number < ITEMS; number++) {
      Answer answer;
      try {
        answer = client.get(TABLE, "key" + number);
      } catch (UncheckedIOException gone) {
        return;
      }
      if (answer.status() == 500) {
        return;
      }
      assertEquals(
          VersionedItem.json("key" + number, number + 1),
          TableClient.object(succeeded(answer).json(), "Item"));
      served.add(number);
    }
  }

  @Test
  void aMissingCurrentIsNamed() throws IOException {
    for (String name : List.of("groups/1/CURRENT", "groups/0/CURRENT", "groups/1/1/CURRENT")) {
      Path current = data().resolve(name);
      byte[] content = Files.readAllBytes(current);
      Files.delete(current);
      String line = refusal();
      assertTrue(line.contains(current.toString()), line);
      assertFalse(Files.exists(current), "nothing was made anew");
      Files.write(current, content);
    }
    start().close();
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    Path version = data().resolve("VERSION");
    String line = "partita-data-directory format=2";
    CRC32C checksum = new CRC32C();
    checksum.update(line.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        version, "%s\ncrc32c=%08x\n".formatted(line, checksum.getValue()).toLowerCase(Locale.ROOT));
    String refusal = refusal();
    assertTrue(refusal.contains("has format 2, written by a newer version"), refusal);
    Files.writeString(version, line + "\n");
    assertTrue(refusal().contains("damaged file " + version), "without its checksum");
  }
}
