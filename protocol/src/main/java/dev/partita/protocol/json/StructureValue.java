package dev.partita.protocol.json;

import dev.partita.protocol.shape.StructureShape;
import org.jspecify.annotations.Nullable;

/**
 * The members of a structure as they were read, by {@link StructureShape.Member#index}; null where
 * the request left one out or set it to null. A member holds, by its shape: String, Boolean,
 * Integer, Long, Double, Bytes, AttributeValue, List, Map, StructureValue.
 */
public final class StructureValue {
  private final StructureShape shape;
  private final @Nullable Object[] members;

  public StructureValue(StructureShape shape) {
    this.shape = shape;
    this.members = new @Nullable Object[shape.members().size()];
  }

  /** What this is a value of. */
  public StructureShape shape() {
    return shape;
  }

  /** The member at {@code index}, or null. */
  public @Nullable Object get(int index) {
    return members[index];
  }

  void set(int index, @Nullable Object value) {
    members[index] = value;
  }
}
