package dev.partita.engine.ttl;

import dev.partita.base.Clock;
import dev.partita.engine.partition.ExpiryTime;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * Deletes an item unless it has changed its mind since it was found.
 *
 * @param attribute says when the item expires
 * @param second the time that it had when it was found
 */
record ExpireItem(String attribute, long second, Clock serviceClock) implements ItemMutation {
  private static final long MILLIS_PER_SECOND = 1000;

  @Override
  public ItemEffect evaluate(@Nullable StoredItem current) {
    Long expiry = current == null ? null : ExpiryTime.of(current.item(), attribute);
    return expiry != null
            && expiry == second
            && second <= serviceClock.wallMillis() / MILLIS_PER_SECOND
        ? new ItemEffect.Expire()
        : new ItemEffect.Keep();
  }
}
