package dev.partita.protocol.binding;

import dev.partita.base.InvariantBrokenException;
import dev.partita.protocol.json.StructureValue;
import org.jspecify.annotations.Nullable;

/** One member of a structure, as a value of the typed API. */
interface Slot<T> {

  /** The member of {@code value}, or null if the request left it out. */
  @Nullable T get(StructureValue value);

  /** The member of {@code value}, which the constraints of the model require. */
  default T require(StructureValue value) {
    T member = get(value);
    if (member == null) {
      throw new InvariantBrokenException("A required member is null in " + value.shape().name());
    }
    return member;
  }
}
