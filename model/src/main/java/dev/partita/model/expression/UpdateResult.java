package dev.partita.model.expression;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/** What an update made. The images of the touched paths are computed when asked for. */
public final class UpdateResult {
  private final Item old;
  private final Item newItem;
  private final PathTree<UpdateAction> touched;

  UpdateResult(Item old, Item newItem, PathTree<UpdateAction> touched) {
    this.old = old;
    this.newItem = newItem;
    this.touched = touched;
  }

  /** The whole item after the update. */
  public Item newItem() {
    return newItem;
  }

  /** The touched paths before the update (UPDATED_OLD), or null if none of them existed. */
  public @Nullable Item updatedOld() {
    return nonEmpty(Projection.project(touched, old));
  }

  /**
   * The touched paths after the update (UPDATED_NEW), or null if none of them exists. List indices
   * are looked up as the expression has them: what was appended past the end is not there, and what
   * moved up into the place of a removed element is.
   */
  public @Nullable Item updatedNew() {
    return nonEmpty(Projection.project(touched, newItem));
  }

  private static @Nullable Item nonEmpty(Item item) {
    return item.isEmpty() ? null : item;
  }
}
