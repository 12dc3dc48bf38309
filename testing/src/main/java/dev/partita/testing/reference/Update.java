package dev.partita.testing.reference;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What UpdateItem does to an item. */
public sealed interface Update {

  /** Neither an expression nor attribute updates: the item exists afterwards. */
  record Touch() implements Update {}

  /** UpdateExpression. */
  record Expression(UpdateExpression expression) implements Update {}

  /** The legacy AttributeUpdates, by attribute. */
  record Attributes(SortedMap<String, AttributeUpdate> updates) implements Update {
    public Attributes {
      updates = Collections.unmodifiableSortedMap(new TreeMap<>(updates));
    }
  }

  /** One legacy update. A DELETE may lack the value, the others have one. */
  record AttributeUpdate(Action action, Optional<Value> value) {}

  /** The actions of {@link AttributeUpdate}. */
  enum Action {
    PUT,
    ADD,
    DELETE
  }
}
