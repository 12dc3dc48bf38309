package dev.partita.testing.powerloss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain files, written with and without force, over many possible disks. */
class PowerLossTest {
  private static final int DISKS = 100;
  private static final String TEN = "0123456789";

  @TempDir static Path temporary;
  private static PowerLoss powerLoss;

  @BeforeAll
  static void runTheWriter() throws Exception {
    boolean available = PowerLoss.isAvailable();
    assertTrue(
        available || !"true".equals(System.getenv("CI")), "power loss needs Linux and cc in CI");
    assumeTrue(available, "power loss is tested on Linux with a C compiler (cc) only");
    Path data = Files.createDirectory(temporary.resolve("data"));
    Files.writeString(data.resolve("before"), "old");
    Files.createDirectory(data.resolve("directory"));
    powerLoss = PowerLoss.of(data, Files.createDirectory(temporary.resolve("scratch")));
    ProcessBuilder writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                data.toString(),
                powerLoss.notesFile().toString())
            .inheritIO();
    writer.environment().putAll(powerLoss.environment());
    Process process = writer.start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
  }

  /** For each file the contents that are found over many disks after all events. */
  private Map<String, Set<String>> contentsOverDisks(FileSystemKind kind, List<String> names)
      throws IOException {
    Map<String, Set<String>> contents = new HashMap<>();
    int events = powerLoss.eventCount();
    for (long seed = 0; seed < DISKS; seed++) {
      Path disk = temporary.resolve(kind + " " + names.size() + " " + seed);
      powerLoss.disk(disk, events, kind, seed);
      for (String name : names) {
        Path file = disk.resolve(name);
        contents
            .computeIfAbsent(name, any -> new TreeSet<>())
            .add(Files.exists(file) ? Files.readString(file) : "absent");
      }
    }
    return contents;
  }

  @Test
  void whatWasForcedIsThereAndWhatWasNotMayBeLostInPart() throws IOException {
    Map<String, Set<String>> expected =
        Map.of(
            "forced", Set.of(TEN),
            "before", Set.of("old", "new"),
            "forced-without-its-directory", Set.of("absent", TEN),
            "renamed-durably", Set.of(TEN),
            "renamed-durably.new", Set.of("absent"),
            "removed", Set.of("absent", TEN),
            "made/file", Set.of("absent", "inside"));
    assertEquals(expected, contentsOverDisks(FileSystemKind.POSIX, List.copyOf(expected.keySet())));
    Map<String, Set<String>> torn =
        contentsOverDisks(FileSystemKind.JOURNALING, List.of("unforced", "half"));
    Set<String> unforced = torn.getOrDefault("unforced", Set.of());
    assertTrue(unforced.containsAll(Set.of("", TEN)), unforced.toString());
    assertTrue(unforced.size() > 4, "torn at several places: " + unforced);
    assertTrue(unforced.stream().allMatch(TEN::startsWith), unforced.toString());
    Set<String> half = torn.getOrDefault("half", Set.of());
    assertTrue(half.stream().allMatch(text -> text.startsWith(TEN)), half.toString());
    assertTrue(half.containsAll(Set.of(TEN, TEN + TEN)), half.toString());
  }

  /** The last thing that the writer forces is a file; so everything before has its name. */
  @Test
  void aJournalingFileSystemKeepsNamesInOrder() throws IOException {
    Map<String, Set<String>> expected =
        Map.of(
            "before", Set.of("new"),
            "forced-without-its-directory", Set.of(TEN),
            "removed", Set.of("absent"),
            "made/file", Set.of("inside"),
            "afterwards", Set.of("absent", ""));
    assertEquals(
        expected, contentsOverDisks(FileSystemKind.JOURNALING, List.copyOf(expected.keySet())));
  }

  /** Cut anywhere, what the process had noted as durable is there. */
  @Test
  void whatWasNotedIsThereAtEveryCut() throws IOException {
    int events = powerLoss.eventCount();
    int checked = 0;
    for (int cut = 0; cut <= events; cut++) {
      for (long seed = 0; seed < 4; seed++) {
        Path disk = temporary.resolve("disk");
        FileSystemKind kind = seed % 2 == 0 ? FileSystemKind.POSIX : FileSystemKind.JOURNALING;
        powerLoss.disk(disk, cut, kind, seed);
        for (String name : powerLoss.notes(cut)) {
          assertEquals(TEN, Files.readString(disk.resolve(name)), "cut " + cut + " seed " + seed);
          checked++;
        }
        remove(disk);
      }
    }
    assertTrue(checked > 30, "only " + checked + " were checked");
    assertEquals(List.of("forced", "renamed-durably"), powerLoss.notes(events));
  }

  @Test
  void positionsOfEventsAreComparableWithTheLengthOfTheJournal() throws IOException {
    List<Long> positions = powerLoss.eventPositions();
    assertEquals(powerLoss.eventCount(), positions.size());
    assertEquals(0, positions.getFirst());
    for (int index = 1; index < positions.size(); index++) {
      assertTrue(positions.get(index - 1) < positions.get(index), "event " + index);
    }
    assertTrue(positions.getLast() < powerLoss.journalBytes());
  }

  @Test
  void oneSeedGivesOneDisk() throws IOException {
    for (long seed = 0; seed < 5; seed++) {
      Path one = temporary.resolve("one");
      Path two = temporary.resolve("two");
      powerLoss.disk(one, powerLoss.eventCount(), FileSystemKind.POSIX, seed);
      powerLoss.disk(two, powerLoss.eventCount(), FileSystemKind.POSIX, seed);
      assertEquals(listing(one), listing(two));
      remove(one);
      remove(two);
    }
    assertFalse(powerLoss.environment().isEmpty());
  }

  private static List<String> listing(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      return paths
          .sorted()
          .map(path -> {
            try {
              return directory.relativize(path)
                  + (Files.isDirectory(path) ? "/" : "=" + Files.readString(path));
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          })
          .toList();
    }
  }

  private static void remove(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Writes files in several ways and notes those that must be durable. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      Path data = Path.of(arguments[0]);
      Path notes = Path.of(arguments[1]);
      write(data.resolve("forced"), TEN, true);
      force(data);
      note(notes, "forced");
      write(data.resolve("unforced"), TEN, false);
      write(data.resolve("half"), TEN, true);
      write(data.resolve("removed"), TEN, true);
      write(data.resolve("renamed-durably.new"), TEN, true);
      Files.move(
          data.resolve("renamed-durably.new"),
          data.resolve("renamed-durably"),
          StandardCopyOption.ATOMIC_MOVE);
      force(data);
      note(notes, "renamed-durably");
      try (FileChannel half = FileChannel.open(data.resolve("half"), StandardOpenOption.WRITE)) {
        half.write(ByteBuffer.wrap(TEN.getBytes(StandardCharsets.UTF_8)), TEN.length());
      }
      write(data.resolve("before.new"), "new", true);
      Files.move(
          data.resolve("before.new"),
          data.resolve("before"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      Files.delete(data.resolve("removed"));
      write(data.resolve("forced-without-its-directory"), TEN, true);
      Files.createDirectory(data.resolve("made"));
      write(data.resolve("made/file"), "inside", true);
      force(data.resolve("made"));
      write(data.resolve("afterwards"), "", false);
    }

    private static void write(Path file, String text, boolean forced) throws IOException {
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        if (forced) {
          channel.force(true);
        }
      }
    }

    private static void force(Path directory) throws IOException {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }

    private static void note(Path notes, String text) throws IOException {
      Files.writeString(notes, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
