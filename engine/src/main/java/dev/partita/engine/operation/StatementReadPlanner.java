package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.operation.StatementRead.Part;
import dev.partita.model.Item;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiException;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ItemCondition;
import dev.partita.model.expression.KeyBranch;
import dev.partita.model.expression.KeyBranches;
import dev.partita.model.expression.Projection;
import dev.partita.model.partiql.BoundStatement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a SELECT is read: by keys if its WHERE clause says which item collections can have
 * what it asks for, otherwise all of the table or index.
 *
 * <p>Source: AWS, "PartiQL select statements for DynamoDB"; error texts as AWS answers them.
 */
final class StatementReadPlanner {
  private StatementReadPlanner() {}

  static StatementRead plan(
      TableDescriptor table, BoundStatement.Select select, boolean consistent) {
    ReadSource source = source(table, select.source().index(), consistent);
    Condition where = select.where();
    List<KeyBranch> branches = where == null ? null : branches(where, source.key());
    StatementOrder order = StatementOrder.of(select, source.key(), branches);
    PageReader.Fetch fetch = fetch(source, select.projection());
    List<Part> parts;
    if (where == null || branches == null) {
      parts = List.of(new Part(source.segment(0, 1), where));
    } else {
      parts = StatementRanges.of(branches, source, where, order);
      parts.forEach(part -> checkFilter(source, part.filter()));
    }
    return new StatementRead(
        source, parts, order.sortKeys(), select.projection(), fetch, consistent);
  }

  /**
   * The key by which a SELECT reads one item of the table, not checked for types.
   *
   * @param operation the operation whose statements must do so
   */
  static Item oneKey(
      TableDescriptor table, BoundStatement.Select select, boolean consistent, String operation) {
    Item key = ItemCondition.ofRead(select.where(), table.keySchema());
    if (key == null || select.source().index() != null) {
      plan(table, select, consistent); // Tells what is wrong besides.
      throw ApiException.validation(
          "Select statements within "
              + operation
              + " must specify the primary key in the where clause.");
    }
    return key;
  }

  private static ReadSource source(
      TableDescriptor table, @Nullable String indexName, boolean consistent) {
    if (indexName != null && table.derived().localIndex(indexName) == null) {
      GlobalIndexDescriptor global = table.derived().globalIndex(indexName);
      if (global == null) {
        throw ApiException.validation("The table does not have the specified index");
      }
      KeySchema key = global.definition().key();
      if (key.partitionKeys().size() > 1 || key.sortKeys().size() > 1) {
        throw ApiException.validation(
            "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or"
                + " multi-attribute RANGE keys.");
      }
      if (consistent) {
        throw ApiException.validation(
            "Strongly consistent read is not supported on Global Secondary Indexes");
      }
    }
    return ReadSource.of(table, indexName, consistent);
  }

  private static @Nullable List<KeyBranch> branches(Condition where, KeySchema key) {
    return RequestExpressions.checked(() -> {
      List<KeyBranch> branches = KeyBranches.of(where, key);
      if (branches != null) {
        branches.forEach(branch -> branch.check(key));
      }
      return branches;
    });
  }

  /** The items of a local index's rows are fetched for what is returned, not for the filter. */
  private static PageReader.Fetch fetch(ReadSource source, Projection projection) {
    IndexDefinition index = source.index();
    List<String> missing = missing(source, projection.topLevelAttributes());
    if (index == null || missing.isEmpty()) {
      return PageReader.Fetch.NONE;
    }
    return switch (source) {
      case TableSource _ -> PageReader.Fetch.NONE;
      case LocalIndexSource _ -> PageReader.Fetch.AFTER_FILTER;
      case GlobalIndexSource _ -> throw ReadFields.notProjected(index, missing);
    };
  }

  private static List<String> missing(ReadSource source, Set<String> names) {
    IndexDefinition index = source.index();
    return index == null
        ? List.of()
        : index.projection().missing(names, index.key(), source.table().keySchema());
  }

  /** What is read by keys must be filtered by what the index holds; a scan just finds nothing. */
  private static void checkFilter(ReadSource source, @Nullable Condition filter) {
    IndexDefinition index = source.index();
    if (index == null || filter == null) {
      return;
    }
    List<String> missing = missing(source, filter.topLevelAttributes());
    if (!missing.isEmpty()) {
      // AWS tells them in the order of such a set.
      throw ApiException.validation(
          "One or more parameter values were invalid: Secondary index "
              + index.name()
              + " does not project one or more filter attributes: "
              + new HashSet<>(missing));
    }
  }
}
