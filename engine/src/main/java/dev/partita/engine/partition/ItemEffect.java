package dev.partita.engine.partition;

import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import org.jspecify.annotations.Nullable;

/** What a write came to. */
public sealed interface ItemEffect {

  /**
   * The item is put in place of what was there.
   *
   * @param size bytes by AWS's rules
   */
  record Put(Item item, int size) implements ItemEffect {}

  /** The item is deleted; there may be none. */
  record Delete() implements ItemEffect {}

  /** The item is deleted because its time has come; it is there. */
  record Expire() implements ItemEffect {}

  /** The item stays as it is although the write succeeded, such as an update that has no effect. */
  record Keep() implements ItemEffect {}

  /** The condition does not hold. */
  record ConditionFailed() implements ItemEffect {}

  /** The write cannot be applied to this item, such as adding to a string. */
  record Refused(ApiError error) implements ItemEffect {}

  /** The effect of a write together with the item that it met. */
  record Evaluated(ItemEffect effect, @Nullable StoredItem before) {}
}
