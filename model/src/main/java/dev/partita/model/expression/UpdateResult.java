package dev.partita.model.expression;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/** What an update made. The images of the touched paths are computed when asked for. */
@SuppressWarnings("DoNotCallSuggester")
public final class UpdateResult {
  UpdateResult() {}

  /** The whole item after the update. */
  public Item newItem() {
    throw new UnsupportedOperationException();
  }

  /** The touched paths before the update (UPDATED_OLD), or null if none of them existed. */
  public @Nullable Item updatedOld() {
    throw new UnsupportedOperationException();
  }

  /** The touched paths after the update (UPDATED_NEW), or null if none of them exists. */
  public @Nullable Item updatedNew() {
    throw new UnsupportedOperationException();
  }
}
