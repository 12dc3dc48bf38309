package dev.partita.testing.reference;

import dev.partita.testing.reference.Value.MapValue;

/** What a projection leaves of an item. */
final class Projections {

  private Projections() {}

  static MapValue project(MapValue item, Projection projection, Mutation mutation) {
    return switch (projection) {
      case Projection.Everything everything -> item;
      case Projection.Paths paths -> Paths.project(item, paths.paths(), mutation);
      case Projection.Attributes attributes ->
          Paths.project(item, attributes.names().stream().map(Path::of).toList(), mutation);
    };
  }
}
