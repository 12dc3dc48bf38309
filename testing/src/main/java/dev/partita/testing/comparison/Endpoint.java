package dev.partita.testing.comparison;

import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.reference.Reply;

/** Something that answers operations as DynamoDB does. */
@FunctionalInterface
public interface Endpoint {

  /** Sends one operation and waits for the answer. */
  Reply send(GeneratedOperation operation);
}
