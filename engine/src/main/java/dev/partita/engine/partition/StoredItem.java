package dev.partita.engine.partition;

import dev.partita.model.Item;
import dev.partita.storage.format.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * An item as it is stored.
 *
 * @param item its attributes, encoded until somebody asks for them
 * @param size bytes by AWS's rules
 */
public record StoredItem(Item item, int size) {

  /** Checks and reads a stored value; null if there is none or it marks a deletion. */
  static @Nullable StoredItem read(byte[] key, byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    Envelope envelope = Envelope.open(key, value);
    return switch (envelope.kind()) {
      case TOMBSTONE -> null;
      case ITEM ->
          new StoredItem(
              Item.ofEncoded(envelope.array(), envelope.bodyOffset(), envelope.bodyLength()),
              envelope.itemSize());
    };
  }
}
