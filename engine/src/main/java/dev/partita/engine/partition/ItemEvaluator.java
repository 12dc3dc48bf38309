package dev.partita.engine.partition;

import dev.partita.base.InvariantBrokenException;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ErrorType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What single writes and transactions alike do to an item before anything is changed. */
final class ItemEvaluator {
  private static final Logger LOGGER = LoggerFactory.getLogger(ItemEvaluator.class);

  private ItemEvaluator() {}

  /** A defect met while evaluating a request fails that request alone. */
  static ItemEffect evaluate(ItemMutation mutation, @Nullable StoredItem before) {
    try {
      return mutation.evaluate(before);
    } catch (InvariantBrokenException broken) {
      throw broken;
    } catch (RuntimeException defect) {
      LOGGER.error("evaluating a write failed", defect);
      return new ItemEffect.Refused(
          new ApiError(ErrorType.INTERNAL_SERVER_ERROR, "Internal server error"));
    }
  }
}
