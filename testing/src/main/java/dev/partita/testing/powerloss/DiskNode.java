package dev.partita.testing.powerloss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A file or directory: as the process saw it, and what of it had to be on disk. */
final class DiskNode {
  final boolean isDirectory;

  /** Names as the process saw them last. */
  final Map<String, DiskNode> names = new TreeMap<>();

  /** Names on the disk that is being built. */
  final Map<String, DiskNode> namesOnDisk = new TreeMap<>();

  private final byte[] base;
  private final List<JournalEvent> changes = new ArrayList<>();

  /** What came before this position of the journal was forced. */
  private long forcedUpTo = -1;

  private DiskNode(boolean isDirectory, byte[] base) {
    this.isDirectory = isDirectory;
    this.base = base;
  }

  static DiskNode directory() {
    return new DiskNode(true, new byte[0]);
  }

  /** A file that held {@code base}, durably, when the journal began. */
  static DiskNode file(byte[] base) {
    return new DiskNode(false, base);
  }

  void change(JournalEvent change) {
    changes.add(change);
  }

  void force(long begun) {
    forcedUpTo = Math.max(forcedUpTo, begun);
  }

  boolean isForced(long position) {
    return position < forcedUpTo;
  }

  /** What was forced, and of what came later nothing, everything, or a prefix of its bytes. */
  byte[] contentOnDisk(Random random) {
    int forced = 0;
    while (forced < changes.size() && isForced(changes.get(forced).position())) {
      forced++;
    }
    int later = changes.size() - forced;
    int kept =
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> later;
          default -> later == 0 ? 0 : random.nextInt(later + 1);
        };
    Content content = new Content(base);
    for (JournalEvent change : changes.subList(0, forced + kept)) {
      content.apply(change, Integer.MAX_VALUE);
    }
    if (kept < later
        && random.nextBoolean()
        && changes.get(forced + kept) instanceof JournalEvent.Write torn) {
      content.apply(torn, random.nextInt(torn.bytes().length + 1));
    }
    return content.bytes();
  }

  /** The bytes of a file, growing. */
  private static final class Content {
    private byte[] bytes;
    private int length;

    Content(byte[] base) {
      bytes = base.clone();
      length = base.length;
    }

    void apply(JournalEvent change, int bytesMax) {
      switch (change) {
        case JournalEvent.Write write -> {
          int count = Math.min(bytesMax, write.bytes().length);
          int offset = Math.toIntExact(write.offset());
          setLength(Math.max(length, offset + count));
          System.arraycopy(write.bytes(), 0, bytes, offset, count);
        }
        case JournalEvent.Truncate truncate -> setLength(Math.toIntExact(truncate.length()));
        case JournalEvent.Allocate allocate ->
            setLength(Math.max(length, Math.toIntExact(allocate.length())));
        case JournalEvent.Create _,
            JournalEvent.Fsync _,
            JournalEvent.Rename _,
            JournalEvent.Unlink _,
            JournalEvent.MakeDirectory _,
            JournalEvent.Link _,
            JournalEvent.Note _ ->
            throw new IllegalStateException("no change of content: " + change);
      }
    }

    private void setLength(int newLength) {
      if (newLength > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(newLength, 2 * bytes.length));
      }
      if (newLength < length) {
        Arrays.fill(bytes, newLength, length, (byte) 0);
      }
      length = newLength;
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, length);
    }
  }
}
