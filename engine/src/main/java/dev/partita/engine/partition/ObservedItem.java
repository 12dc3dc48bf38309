package dev.partita.engine.partition;

import dev.partita.storage.format.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * An item as somebody found it, with what tells whether it stays so.
 *
 * @param locked whether a transaction held it, looked up before the item was read
 * @param sequence of the change that wrote it; {@link #MISSING} if there is none
 * @param deletionsBefore counts deletions in the partition, from before the item was read
 * @param deletionsAfter the same from afterwards
 */
public record ObservedItem(
    @Nullable StoredItem item,
    boolean locked,
    long sequence,
    long deletionsBefore,
    long deletionsAfter) {
  private static final long MISSING = -1;

  static ObservedItem of(
      byte[] key,
      byte @Nullable [] stored,
      boolean locked,
      long deletionsBefore,
      long deletionsAfter) {
    StoredItem item = StoredItem.read(key, stored);
    long sequence = item == null || stored == null ? MISSING : Envelope.changeSequence(stored);
    return new ObservedItem(item, locked, sequence, deletionsBefore, deletionsAfter);
  }

  /**
   * Whether the item has been as it is now since an {@code earlier} look, and no transaction that
   * was to change it was committed in between and had yet to write it: that would have changed the
   * item by now, or hold it still.
   */
  public boolean isSince(ObservedItem earlier) {
    return !locked
        && sequence == earlier.sequence
        && (sequence != MISSING || deletionsAfter == earlier.deletionsBefore);
  }
}
