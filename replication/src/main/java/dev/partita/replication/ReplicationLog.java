package dev.partita.replication;

/**
 * The log of one replication group: durable, ordered, and applied to the group's store.
 *
 * <p>The group's writer owns it: it appends one entry, waits for the callback, then appends the
 * next. {@link #position()} may be called from any thread.
 */
public interface ReplicationLog extends AutoCloseable {

  /** The last applied entry; {@link LogPosition#START} before the first. */
  LogPosition position();

  /**
   * Makes {@code entry} durable, applies it and calls {@code callback} exactly once, perhaps on the
   * calling thread before this returns. After {@code Applied} every read of the store sees the
   * entry.
   *
   * @throws dev.partita.base.InvariantBrokenException if an entry is in flight, if the entry's
   *     batch number is not the last one plus one, if its epoch or time go backwards, or if it is
   *     larger than {@link #entryBytesMax()}; the callback is then not called and nothing happened
   */
  void append(LogEntry entry, AppendCallback callback);

  /** The largest encoded write set that an entry may carry, in bytes. */
  int entryBytesMax();

  /** Waits for the entry in flight. Does not close the store. Closing twice does nothing. */
  @Override
  void close();
}
