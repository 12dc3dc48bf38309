package dev.partita.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temporary;

  @Test
  void createsWhatIsMissingAndOpensItAgain() throws IOException {
    Path path = temporary.resolve("a/b");
    try (DataDirectory directory = DataDirectory.open(path)) {
      assertEquals(path.resolve("groups/7/1"), directory.groupDirectory(7));
      Files.writeString(directory.groupDirectory(7).resolve("file"), "kept");
    }
    try (DataDirectory directory = DataDirectory.open(path)) {
      assertEquals(List.of(7), directory.replicationGroupIds());
      assertEquals("kept", Files.readString(directory.groupDirectory(7).resolve("file")));
      assertFalse(directory.isInMemoryMode());
    }
  }

  @Test
  void refusesASecondServerNamingDirectoryAndProcess() {
    try (DataDirectory first = DataDirectory.open(temporary)) {
      DataDirectoryException refusal =
          assertThrows(DataDirectoryException.class, () -> DataDirectory.open(temporary));
      assertEquals(
          "directory %s is in use by process %d"
              .formatted(first.path(), ProcessHandle.current().pid()),
          refusal.getMessage());
    }
    DataDirectory.open(temporary).close();
  }

  @Test
  void refusesADirectoryThatAnotherProcessHolds() throws Exception {
    Process holder = startHolder(temporary);
    try {
      assertEquals("held", holder.inputReader().readLine());
      DataDirectoryException refusal =
          assertThrows(DataDirectoryException.class, () -> DataDirectory.open(temporary));
      assertTrue(refusal.getMessage().endsWith("in use by process " + holder.pid()));
    } finally {
      holder.destroyForcibly();
    }
    assertTrue(holder.waitFor(10, TimeUnit.SECONDS));
    DataDirectory.open(temporary).close();
  }

  @Test
  void refusesANewerFormat() throws IOException {
    ChecksummedFile.write(temporary.resolve("VERSION"), "partita-data-directory format=2");
    DataDirectoryException refusal =
        assertThrows(DataDirectoryException.class, () -> DataDirectory.open(temporary));
    assertTrue(refusal.getMessage().contains("has format 2, written by a newer version"));
  }

  @Test
  void refusesADirectoryOfSomethingElse() throws IOException {
    Files.writeString(temporary.resolve("photo.jpg"), "x");
    assertTrue(
        assertThrows(DataDirectoryException.class, () -> DataDirectory.open(temporary))
            .getMessage()
            .contains("photo.jpg"));
    assertFalse(Files.exists(temporary.resolve("VERSION")));
  }

  @Test
  void refusesEveryFlippedBitInVersionAndCurrent() throws IOException {
    try (DataDirectory directory = DataDirectory.open(temporary)) {
      directory.groupDirectory(0);
    }
    for (Path file : List.of(temporary.resolve("VERSION"), temporary.resolve("groups/0/CURRENT"))) {
      byte[] whole = Files.readAllBytes(file);
      for (int bit = 0; bit < whole.length * 8; bit++) {
        byte[] damaged = whole.clone();
        damaged[bit / 8] ^= (byte) (1 << (bit % 8));
        Files.write(file, damaged);
        DamagedFileException refusal =
            assertThrows(
                DamagedFileException.class,
                () -> {
                  try (DataDirectory directory = DataDirectory.open(temporary)) {
                    directory.groupDirectory(0);
                  }
                },
                file + " bit " + bit);
        assertEquals(file.toString(), refusal.file());
      }
      Files.write(file, whole);
    }
  }

  @Test
  void refusesAGroupWithDataButNoCurrent() throws IOException {
    try (DataDirectory directory = DataDirectory.open(temporary)) {
      Files.writeString(directory.groupDirectory(3).resolve("000004.sst"), "data");
      Files.delete(temporary.resolve("groups/3/CURRENT"));
      assertThrows(DamagedFileException.class, () -> directory.groupDirectory(3));
    }
  }

  @Test
  void switchesGenerationsAsAWhole() throws IOException {
    try (DataDirectory directory = DataDirectory.open(temporary)) {
      Path first = directory.groupDirectory(1);
      Path next = directory.nextGenerationDirectory(1);
      Files.createDirectory(next);
      assertEquals(first, temporary.resolve("groups/1/1"));
      Files.writeString(next.resolve("file"), "abandoned");
      assertEquals(next, directory.nextGenerationDirectory(1));
      assertFalse(Files.exists(next), "an abandoned attempt is removed");
      Files.createDirectory(next);
      directory.switchToNextGeneration(1);
      assertTrue(Files.exists(first), "readers may still be inside");
      assertEquals(next, directory.groupDirectory(1));
      assertFalse(Files.exists(first));
    }
  }

  @Test
  void aNodeInMemoryModeLeavesNothing() throws IOException {
    Path path;
    try (DataDirectory directory = DataDirectory.openInMemoryMode(temporary)) {
      path = directory.path();
      Files.writeString(directory.groupDirectory(0).resolve("file"), "x");
      assertTrue(directory.isInMemoryMode());
      try (DataDirectory second = DataDirectory.openInMemoryMode(temporary)) {
        assertTrue(Files.exists(path), "a running node's directory is no left-over");
        assertFalse(second.path().equals(path));
      }
    }
    assertEquals(List.of(), Directories.names(temporary));
  }

  @Test
  void aKilledNodeInMemoryModeIsCleanedUpByTheNext() throws Exception {
    Process killed = startHolder(temporary, "memory");
    assertEquals("held", killed.inputReader().readLine());
    killed.destroyForcibly();
    assertTrue(killed.waitFor(10, TimeUnit.SECONDS));
    assertEquals(1, Directories.names(temporary).size());
    DataDirectory.openInMemoryMode(temporary).close();
    assertEquals(List.of(), Directories.names(temporary));
  }

  @Test
  void anEndingNodeInMemoryModeCleansUp() throws Exception {
    Process ending = startHolder(temporary, "memory");
    assertEquals("held", ending.inputReader().readLine());
    ending.outputWriter().close();
    assertTrue(ending.waitFor(10, TimeUnit.SECONDS));
    assertEquals(List.of(), Directories.names(temporary));
  }

  private static Process startHolder(Path directory, String... more) throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                directory.toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Holds a data directory until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      DataDirectory held =
          arguments.length > 1
              ? DataDirectory.openInMemoryMode(Path.of(arguments[0]))
              : DataDirectory.open(Path.of(arguments[0]));
      System.out.println("held");
      int end = System.in.read();
      if (end >= 0) {
        throw new IllegalStateException("unexpected input for " + held.path());
      }
    }
  }
}
