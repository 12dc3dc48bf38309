package dev.partita.testing.powerloss;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the journal that {@code powerloss.c} writes; its comment gives the format. */
final class JournalReader {
  private JournalReader() {}

  /** All events; an event that a killed process wrote in part is left out. */
  static List<JournalEvent> read(Path journal) throws IOException {
    List<JournalEvent> events = new ArrayList<>();
    if (!Files.exists(journal)) {
      return events;
    }
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(journal)).order(ByteOrder.nativeOrder());
    while (buffer.remaining() >= Integer.BYTES) {
      int position = buffer.position();
      int length = buffer.getInt();
      if (length > buffer.remaining()) {
        break;
      }
      int end = buffer.position() + length;
      events.add(event(position, buffer, end));
      buffer.position(end);
    }
    return events;
  }

  private static JournalEvent event(long position, ByteBuffer buffer, int end) {
    byte type = buffer.get();
    long inode = buffer.getLong();
    long first = buffer.getLong();
    buffer.getLong(); // Length of the data, which follows from the event's.
    String path = text(buffer);
    String other = text(buffer);
    byte[] bytes = new byte[end - buffer.position()];
    buffer.get(bytes);
    return switch (type) {
      case 1 -> new JournalEvent.Create(position, inode, path);
      case 2 -> new JournalEvent.Write(position, inode, first, bytes);
      case 3 -> new JournalEvent.Truncate(position, inode, first);
      case 4 -> new JournalEvent.Allocate(position, inode, first);
      case 5 -> new JournalEvent.Fsync(position, inode, first);
      case 6 -> new JournalEvent.Rename(position, path, other);
      case 7 -> new JournalEvent.Unlink(position, path);
      case 8 -> new JournalEvent.MakeDirectory(position, inode, path);
      case 9 -> new JournalEvent.Link(position, path, other);
      case 10 -> new JournalEvent.Note(position, new String(bytes, StandardCharsets.UTF_8));
      default -> throw new IllegalStateException("unknown type of event " + type);
    };
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.getShort() & 0xffff];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
