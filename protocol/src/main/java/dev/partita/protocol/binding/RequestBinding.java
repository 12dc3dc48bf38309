package dev.partita.protocol.binding;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiRequest;
import dev.partita.protocol.json.StructureValue;

/** Makes the typed request of one operation. */
public interface RequestBinding {

  /**
   * The request in {@code input}, which is within the constraints of the model.
   *
   * @param names resolves table names and remembers those that were sent as ARNs
   * @throws ApiException a ValidationException for a member that Partita does not support
   */
  ApiRequest bind(StructureValue input, TableNames names);
}
