package dev.partita.testing.powerloss;

/**
 * One thing that a process did to the files of a directory. Paths are absolute.
 *
 * <p>{@code position} is where the event begins in the journal: events are ordered by it, and a
 * forced file is durable up to the {@code begun} of its {@link Fsync}.
 */
sealed interface JournalEvent {
  long position();

  record Create(long position, long inode, String path) implements JournalEvent {}

  record Write(long position, long inode, long offset, byte[] bytes) implements JournalEvent {}

  record Truncate(long position, long inode, long length) implements JournalEvent {}

  /** The file is at least this long. */
  record Allocate(long position, long inode, long length) implements JournalEvent {}

  record Fsync(long position, long inode, long begun) implements JournalEvent {}

  record Rename(long position, String from, String to) implements JournalEvent {}

  record Unlink(long position, String path) implements JournalEvent {}

  record MakeDirectory(long position, long inode, String path) implements JournalEvent {}

  record Link(long position, String from, String to) implements JournalEvent {}

  record Note(long position, String text) implements JournalEvent {}
}
