package dev.partita.testing.powerloss;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Power loss of a process that writes to one directory.
 *
 * <pre>{@code
 * PowerLoss powerLoss = PowerLoss.of(data, scratch);     // data may hold files already
 * ProcessBuilder server = new ProcessBuilder("java", ..., "--data", data.toString());
 * server.environment().putAll(powerLoss.environment());
 * ... run it, write to it, kill it ...
 * powerLoss.disk(target, powerLoss.eventCount(), FileSystemKind.JOURNALING, seed);
 * // start again on target
 * }</pre>
 *
 * <p>A process may also write notes, such as what it has acknowledged, to {@link #notesFile}: they
 * are ordered with what it did to its files, so that one run can be cut at any event.
 *
 * <p>Not seen are writes through mmap, through C's stdio and by io_uring. Several processes may
 * write one after another.
 */
public final class PowerLoss {
  private static final String SOURCE = "powerloss.c";
  private static final long COMPILE_SECONDS_MAX = 60;

  private final Path directory;
  private final Path library;
  private final Path journal;
  private final Path notes;
  private final Path base;

  private PowerLoss(Path directory, Path scratch) throws IOException {
    this.directory = directory;
    this.library = scratch.resolve("powerloss.so");
    this.journal = scratch.resolve("journal");
    this.notes = scratch.resolve("notes");
    this.base = scratch.resolve("base");
    compile(scratch);
    BaseCopy.copy(directory, base);
  }

  /**
   * Whether this machine can do it: Linux with a C compiler called {@code cc}. A test that is
   * skipped for lack of it should fail where the environment says {@code CI=true}.
   */
  public static boolean isAvailable() {
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
      return false;
    }
    for (String place : Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1)) {
      if (!place.isEmpty() && Files.isExecutable(Path.of(place, "cc"))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Prepares for {@code directory}, which exists and whose present content counts as durable.
   *
   * @param scratch existing directory outside of it, for library, journal and a copy
   * @throws IOException if the library cannot be compiled, or the directory not be copied
   */
  public static PowerLoss of(Path directory, Path scratch) throws IOException {
    return new PowerLoss(directory.toRealPath(), scratch.toRealPath());
  }

  /** What to add to the environment of the process under test. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "POWERLOSS_DIRECTORY", directory.toString(),
        "POWERLOSS_JOURNAL", journal.toString(),
        "POWERLOSS_NOTES", notes.toString());
  }

  /** The file to which the process under test may write notes. */
  public Path notesFile() {
    return notes;
  }

  /** How many events were journaled so far. */
  public int eventCount() throws IOException {
    return JournalReader.read(journal).size();
  }

  /**
   * The length of the journal now, in bytes. Cheap: whoever talks to the process takes it before it
   * asks for something and after it was acknowledged, and so knows on which side of a cut each is.
   */
  public long journalBytes() throws IOException {
    return Files.exists(journal) ? Files.size(journal) : 0;
  }

  /**
   * Where every event begins in the journal, in bytes, in their order: a cut after {@code n} events
   * has all that lies before element {@code n}. To be compared with {@link #journalBytes}.
   */
  public List<Long> eventPositions() throws IOException {
    return JournalReader.read(journal).stream().map(JournalEvent::position).toList();
  }

  /** The notes among the first {@code eventCount} events, one for each write to the notes file. */
  public List<String> notes(int eventCount) throws IOException {
    List<String> texts = new ArrayList<>();
    for (JournalEvent event : JournalReader.read(journal).subList(0, eventCount)) {
      if (event instanceof JournalEvent.Note note) {
        texts.add(note.text());
      }
    }
    return texts;
  }

  /**
   * Writes to {@code target}, a new directory, what the disk may hold if power was lost after the
   * first {@code eventCount} events. The same arguments give the same disk.
   */
  public void disk(Path target, int eventCount, FileSystemKind kind, long seed) throws IOException {
    DiskImage image = new DiskImage(directory, base);
    image.replay(JournalReader.read(journal).subList(0, eventCount));
    // The first numbers of Random are alike for neighbouring seeds.
    image.write(target, kind, new Random(new SplittableRandom(seed).nextLong()));
  }

  private void compile(Path scratch) throws IOException {
    Path source = scratch.resolve(SOURCE);
    try (InputStream input = PowerLoss.class.getResourceAsStream(SOURCE)) {
      Files.copy(Objects.requireNonNull(input, SOURCE + " is not on the class path"), source);
    }
    Path output = scratch.resolve("cc.txt");
    Process compiler =
        new ProcessBuilder(
                "cc",
                "-std=gnu11",
                "-O1",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString(),
                "-ldl",
                "-lpthread")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!compiler.waitFor(COMPILE_SECONDS_MAX, TimeUnit.SECONDS)) {
        compiler.destroyForcibly();
        throw new IOException("cc did not end within " + COMPILE_SECONDS_MAX + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compiling", e);
    }
    if (compiler.exitValue() != 0) {
      throw new IOException("cc refused " + SOURCE + ": " + Files.readString(output));
    }
  }
}
