package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("orders.checkpoint");
  }

  private Checkpoints open() throws Exception {
    return Checkpoints.open(file(), FakeStreams.ARN);
  }

  @Test
  void everyPositionSurvives() throws Exception {
    Map<String, Position> positions =
        Map.of(
            "a", new Position.After("123456789012345678901"),
            "b", new Position.Finished(),
            "c", new Position.TrimHorizon(),
            "d", new Position.Latest(Instant.parse("2026-01-01T10:00:00.123Z")));
    try (Checkpoints checkpoints = open()) {
      assertTrue(checkpoints.isNew());
      checkpoints.saveAll(positions);
      checkpoints.save("a", new Position.After("123456789012345678902"));
    }
    try (Checkpoints checkpoints = open()) {
      assertFalse(checkpoints.isNew());
      assertEquals(positions.keySet(), checkpoints.shardIds());
      assertEquals(
          Optional.of(new Position.After("123456789012345678902")), checkpoints.position("a"));
      for (String shard : Set.of("b", "c", "d")) {
        assertEquals(Optional.ofNullable(positions.get(shard)), checkpoints.position(shard));
      }
      assertEquals(Optional.empty(), checkpoints.position("e"));
    }
  }

  @Test
  void whatIsForgottenGoesWithTheNextChange() throws Exception {
    try (Checkpoints checkpoints = open()) {
      checkpoints.saveAll(Map.of("a", new Position.Finished(), "b", new Position.TrimHorizon()));
      checkpoints.retain(Set.of("b"));
      checkpoints.save("b", new Position.Finished());
    }
    try (Checkpoints checkpoints = open()) {
      assertEquals(Set.of("b"), checkpoints.shardIds());
    }
  }

  @Test
  void twoConsumersDoNotShareIt() throws Exception {
    try (Checkpoints first = open()) {
      first.save("a", new Position.Finished());
      TriggerException refused = assertThrows(TriggerException.class, this::open);
      assertTrue(refused.toString().contains(file().toString()), refused::toString);
    }
    open().close();
  }

  @Test
  void thatOfAnotherStreamIsRefused() throws Exception {
    try (Checkpoints checkpoints = open()) {
      checkpoints.save("a", new Position.Finished());
    }
    TriggerException refused =
        assertThrows(TriggerException.class, () -> Checkpoints.open(file(), FakeStreams.ARN + "1"));
    assertTrue(refused.toString().contains(FakeStreams.ARN + "1"), refused::toString);
    open().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "{\"version\":1,\"streamArn\":",
        "{\"version\":2,\"streamArn\":\"ARN\",\"shards\":{}}",
        "{\"version\":1,\"streamArn\":\"ARN\",\"shards\":{\"a\":{}}}",
        "{\"version\":1,\"streamArn\":\"ARN\",\"shards\":{\"a\":{\"before\":\"1\"}}}"
      })
  void whatCannotBeReadIsRefusedAndLeftAlone(String content) throws Exception {
    String text = content.replace("ARN", FakeStreams.ARN);
    Files.writeString(file(), text);
    TriggerException refused = assertThrows(TriggerException.class, this::open);
    assertTrue(refused.toString().contains(file().toString()), refused::toString);
    assertEquals(text, Files.readString(file()));
  }

  @Test
  void shardsThatSaveAtTheSameTimeAreAllSaved() throws Exception {
    int shards = 16;
    int saves = 50;
    try (Checkpoints checkpoints = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int shard = 0; shard < shards; shard++) {
        String id = "shard-" + shard;
        tasks.add(
            threads.submit(() -> {
              for (int i = 1; i <= saves; i++) {
                checkpoints.save(id, new Position.After(Integer.toString(i)));
                String text = Files.readString(file());
                assertTrue(text.contains("\"" + id + "\":{\"after\":\"" + i + "\"}"), text);
              }
              return null;
            }));
      }
      for (Future<?> task : tasks) {
        task.get(30, TimeUnit.SECONDS);
      }
    }
    try (Checkpoints checkpoints = open()) {
      assertEquals(shards, checkpoints.shardIds().size());
    }
  }

  @Test
  void aFailureToWriteIsReportedAndTheOldFileStays() throws Exception {
    try (Checkpoints checkpoints = open()) {
      checkpoints.save("a", new Position.After("1"));
      String before = Files.readString(file());
      Path inTheWay = directory.resolve("orders.checkpoint.new");
      Files.createDirectory(inTheWay);
      assertThrows(IOException.class, () -> checkpoints.save("a", new Position.After("2")));
      assertEquals(before, Files.readString(file()));
      Files.delete(inTheWay);
      checkpoints.save("b", new Position.Finished());
      assertTrue(Files.readString(file()).contains("\"a\":{\"after\":\"2\"}"));
    }
  }
}
