package dev.partita.engine.partition;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * When an item expires by its time-to-live attribute: a number of seconds since 1970. Other types
 * and numbers that no clock will reach do not expire.
 *
 * <p>Source: AWS, "How it works: DynamoDB Time to Live".
 */
public final class ExpiryTime {
  private static final BigDecimal SECONDS_MAX = BigDecimal.valueOf(Long.MAX_VALUE / 1_000);

  private ExpiryTime() {}

  /** The second, or null if there is no item or it does not expire. */
  public static @Nullable Long of(@Nullable Item item, String attribute) {
    AttributeValue value = item == null ? null : item.get(attribute);
    if (!(value instanceof AttributeValue.NumberValue number)) {
      return null;
    }
    BigDecimal seconds = number.value().toBigDecimal();
    return seconds.signum() < 0 || seconds.compareTo(SECONDS_MAX) > 0
        ? null
        : seconds.setScale(0, RoundingMode.DOWN).longValue();
  }
}
