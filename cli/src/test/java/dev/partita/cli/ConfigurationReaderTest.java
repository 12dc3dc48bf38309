package dev.partita.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.server.NodeConfiguration;
import dev.partita.storage.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {
  @TempDir Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = directory.resolve("partita.properties");
  }

  private NodeConfiguration read(
      Map<Setting, String> options, Map<String, String> environment, String... lines)
      throws Exception {
    return new ConfigurationReader(options, environment, written(lines), Duration.ZERO).read();
  }

  private Optional<Path> written(String... lines) throws IOException {
    if (lines.length == 0) {
      return Optional.empty();
    }
    Files.write(file, List.of(lines));
    return Optional.of(file);
  }

  @Test
  void defaults() throws Exception {
    NodeConfiguration configuration = read(Map.of(), Map.of());
    assertEquals("127.0.0.1", configuration.host());
    assertEquals(8000, configuration.port());
    assertEquals(Path.of("partita-data"), configuration.dataDirectory());
    assertEquals(Durability.SYNC, configuration.durability());
    assertEquals("us-east-1", configuration.region());
    assertEquals(List.of(), configuration.errors());
  }

  @Test
  void optionsWinOverEnvironmentOverFile() throws Exception {
    String[] lines = {"port = 1", "region = file-1", "host = h1", "durability = async"};
    Map<String, String> environment = Map.of("PARTITA_PORT", "2", "PARTITA_REGION", "env-1");
    NodeConfiguration configuration = read(Map.of(Setting.PORT, "3"), environment, lines);
    assertEquals(3, configuration.port());
    assertEquals("env-1", configuration.region());
    assertEquals("h1", configuration.host());
    assertEquals(Durability.ASYNC, configuration.durability());
  }

  @Test
  void everyErrorIsFoundAtOnceAndNamesWhereItStands() {
    Map<Setting, String> options = Map.of(Setting.PORT, "70000", Setting.HOST, "a b");
    Map<String, String> environment =
        Map.of("PARTITA_REGION", "Mars!", "PARTITA_IN_MEMORY", "perhaps");
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> read(options, environment, "durability = often", "colour = blue"));
    assertEquals(
        List.of(
            file
                + ": unknown key colour; known are host, port, data, in-memory, durability, region,"
                + " replication-groups, time-to-live-interval, test-controls",
            "--host: 'a b' is not an address or a host name",
            "--port: '70000' is not a port (0 to 65535)",
            "PARTITA_IN_MEMORY: 'perhaps' is neither true nor false",
            file + ": durability: 'often' is neither sync nor async",
            "PARTITA_REGION: 'Mars!' is not a region (lower-case letters, digits and -)"),
        thrown.errors());
  }

  @Test
  void aNumberOfReplicationGroupsIsTakenAndAutoLeavesItToTheServer() throws Exception {
    Map<Setting, String> four = Map.of(Setting.REPLICATION_GROUPS, "4");
    assertEquals(4, read(four, Map.of()).replicationGroups());
    assertEquals(
        read(Map.of(), Map.of()).replicationGroups(),
        read(Map.of(Setting.REPLICATION_GROUPS, "auto"), Map.of()).replicationGroups());
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> read(Map.of(), Map.of("PARTITA_REPLICATION_GROUPS", "9")));
    assertEquals(
        List.of(
            "PARTITA_REPLICATION_GROUPS: '9' is not a number of replication groups (1 to 8, or"
                + " auto)"),
        thrown.errors());
  }

  @Test
  void timeToLiveMayChangeOnceAnHourUnlessSaidOtherwise() throws Exception {
    assertEquals(Duration.ofHours(1), read(Map.of(), Map.of()).timeToLiveInterval());
    Map<Setting, String> none = Map.of(Setting.TIME_TO_LIVE_INTERVAL, "0");
    assertEquals(Duration.ZERO, read(none, Map.of()).timeToLiveInterval());
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> read(Map.of(Setting.TIME_TO_LIVE_INTERVAL, "1h"), Map.of()));
    assertEquals(
        List.of("--time-to-live-interval: '1h' is not a number of seconds"), thrown.errors());
  }

  @Test
  void aMissingFileIsAnError() {
    Optional<Path> missing = Optional.of(directory.resolve("none"));
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> new ConfigurationReader(Map.of(), Map.of(), missing, Duration.ZERO).read());
    assertEquals(
        List.of("--config: " + directory.resolve("none") + " does not exist"), thrown.errors());
  }

  @Test
  void ofDataAndInMemoryTheHigherSourceCounts() throws Exception {
    assertNull(read(Map.of(Setting.IN_MEMORY, "true"), Map.of()).dataDirectory());
    assertNull(
        read(Map.of(Setting.IN_MEMORY, "true"), Map.of("PARTITA_DATA", "d")).dataDirectory());
    assertEquals(
        Path.of("d"),
        read(Map.of(Setting.DATA, "d"), Map.of("PARTITA_IN_MEMORY", "true")).dataDirectory());
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () -> read(Map.of(Setting.DATA, "d", Setting.IN_MEMORY, "true"), Map.of()));
    assertEquals(List.of("--data and --in-memory exclude each other"), thrown.errors());
  }
}
