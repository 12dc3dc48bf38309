package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.Select;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Projection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the source of a read holds the attributes that were asked for. A global index gives only
 * what is projected into it; for a row of a local index the item is fetched from the table.
 *
 * <p>Source: AWS, "Query", parameter Select; "Using Local Secondary Indexes", "Attribute
 * projections".
 */
final class ReadFields {
  private ReadFields() {}

  /** Whether items are fetched from the table. */
  static PageReader.Fetch fetch(
      ReadSource source,
      @Nullable Select select,
      Projection projection,
      @Nullable Condition filter) {
    IndexDefinition index = source.index();
    if (index == null || index.projection().type() == ProjectionType.ALL) {
      return PageReader.Fetch.NONE;
    }
    KeySchema tableKey = source.table().keySchema();
    return switch (source) {
      case TableSource _ -> PageReader.Fetch.NONE;
      case LocalIndexSource _ -> {
        boolean rowsSuffice =
            select != Select.ALL_ATTRIBUTES
                && covers(index, projection.topLevelAttributes(), tableKey)
                && (filter == null || covers(index, filter.topLevelAttributes(), tableKey));
        yield rowsSuffice ? PageReader.Fetch.NONE : PageReader.Fetch.BEFORE_FILTER;
      }
      case GlobalIndexSource _ -> {
        checkProjected(index, select, projection, tableKey);
        yield PageReader.Fetch.NONE;
      }
    };
  }

  private static boolean covers(IndexDefinition index, Set<String> names, KeySchema tableKey) {
    return index.projection().covers(names, index.key(), tableKey);
  }

  private static void checkProjected(
      IndexDefinition index, @Nullable Select select, Projection projection, KeySchema tableKey) {
    if (select == Select.ALL_ATTRIBUTES) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported"
              + " for global secondary index "
              + index.name()
              + " because its projection type is not ALL");
    }
    List<String> missing =
        index.projection().missing(projection.topLevelAttributes(), index.key(), tableKey);
    if (!missing.isEmpty()) {
      throw notProjected(index, missing.subList(0, 1));
    }
  }

  /** A global index does not hold attributes that are to be returned. */
  static ApiException notProjected(IndexDefinition index, List<String> names) {
    return ApiException.validation(
        "One or more parameter values were invalid: Global secondary index "
            + index.name()
            + " does not project "
            + names);
  }
}
