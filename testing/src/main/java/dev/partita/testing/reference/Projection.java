package dev.partita.testing.reference;

import java.util.List;

/** Which attributes a read answers with. */
public sealed interface Projection {

  /** All of them. */
  record Everything() implements Projection {}

  /** ProjectionExpression; at least one path. */
  record Paths(List<Path> paths) implements Projection {
    public Paths {
      paths = List.copyOf(paths);
    }
  }

  /** The legacy AttributesToGet; at least one name. */
  record Attributes(List<String> names) implements Projection {
    public Attributes {
      names = List.copyOf(names);
    }
  }
}
