package dev.partita.model.expression;

import dev.partita.model.Item;
import java.util.List;
import java.util.Set;

/** The parts of an item that a reader asked for. Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public final class Projection {
  private Projection() {}

  /** The top-level attributes with these names (AttributesToGet). */
  public static Projection ofAttributes(List<String> attributesToGet) {
    throw new UnsupportedOperationException();
  }

  /** Everything. */
  public static Projection all() {
    throw new UnsupportedOperationException();
  }

  /** Whether it keeps everything. */
  public boolean isAll() {
    throw new UnsupportedOperationException();
  }

  /** Names of the top-level attributes that it keeps or keeps parts of; empty for {@link #all}. */
  public Set<String> topLevelAttributes() {
    throw new UnsupportedOperationException();
  }

  /**
   * The parts of {@code item}: missing paths are left out, elements of a list move up in ascending
   * order of their indices.
   */
  public Item project(Item item) {
    throw new UnsupportedOperationException();
  }
}
