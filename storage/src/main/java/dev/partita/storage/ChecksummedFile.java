package dev.partita.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A one-line text file with its checksum in the second line, replaced as a whole: a reader finds
 * the old or the new text, also after power loss.
 */
final class ChecksummedFile {
  private static final int BYTES_MAX = 4096;

  private ChecksummedFile() {}

  /** Writes {@code line} to a new file beside {@code file}, forces it and renames it over. */
  static void write(Path file, String line) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    byte[] text = (line + "\n" + checksumLine(line) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(text);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Directories.forceParent(file);
  }

  /**
   * The line that {@link #write} wrote.
   *
   * @throws DamagedFileException if the file holds anything else
   */
  static String read(Path file) throws IOException {
    byte[] bytes;
    try (var input = Files.newInputStream(file)) {
      bytes = input.readNBytes(BYTES_MAX);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    if (end < 0 || !text.substring(end + 1).equals(checksumLine(text.substring(0, end)) + "\n")) {
      throw new DamagedFileException(
          file.toString(), 0, "its text does not match its checksum", null);
    }
    return text.substring(0, end);
  }

  private static String checksumLine(String line) {
    CRC32C checksum = new CRC32C();
    checksum.update(line.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "crc32c=%08x", checksum.getValue());
  }
}
