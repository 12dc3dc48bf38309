package dev.partita.protocol.binding;

import dev.partita.protocol.json.StructureValue;

/** Makes a value of the typed API of a structure within a request. */
interface StructureBinding<T> {
  T bind(StructureValue value);
}
