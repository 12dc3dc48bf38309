package dev.partita.engine.ttl;

import dev.partita.base.Clock;
import dev.partita.engine.partition.ExpiryTime;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.StoredItem;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes an item unless it, or its table, has changed its mind since it was found.
 *
 * @param attribute says when items of the table expire, at the time of the call; null if they do
 *     not
 * @param second the time that the item had when it was found
 */
record ExpireItem(Supplier<@Nullable String> attribute, long second, Clock serviceClock)
    implements ItemMutation {
  private static final long MILLIS_PER_SECOND = 1000;

  @Override
  public ItemEffect evaluate(@Nullable StoredItem current) {
    String asked = attribute.get();
    Long expiry = current == null || asked == null ? null : ExpiryTime.of(current.item(), asked);
    return expiry != null
            && expiry == second
            && second <= serviceClock.wallMillis() / MILLIS_PER_SECOND
        ? new ItemEffect.Expire()
        : new ItemEffect.Keep();
  }
}
