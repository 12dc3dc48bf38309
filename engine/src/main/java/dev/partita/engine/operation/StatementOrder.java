package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeyEncoding;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiException;
import dev.partita.model.expression.KeyBranch;
import dev.partita.model.partiql.BoundStatement;
import dev.partita.model.partiql.OrderKey;
import dev.partita.storage.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a SELECT returns what it finds.
 *
 * @param partitions of the item collections, by partition key; null for the order in which the
 *     statement names them
 * @param sortKeys inside an item collection
 */
record StatementOrder(@Nullable Direction partitions, Direction sortKeys) {

  /**
   * The order that ORDER BY asks for.
   *
   * <p>Source: AWS, "PartiQL select statements for DynamoDB", and answers of AWS.
   *
   * @param branches what the statement reads by the key; null if it scans
   */
  static StatementOrder of(
      BoundStatement.Select select, KeySchema key, @Nullable List<KeyBranch> branches) {
    if (select.orderBy().isEmpty()) {
      return new StatementOrder(null, Direction.FORWARD);
    }
    check(select, key, branches);
    Direction partitions = null;
    // As on AWS, an order by the partition key alone turns the sort key round.
    Direction sortKeys = Direction.BACKWARD;
    for (OrderKey order : select.orderBy()) {
      Direction direction = order.descending() ? Direction.BACKWARD : Direction.FORWARD;
      if (order.attribute().equals(key.partitionKey().name())) {
        partitions = direction;
      } else {
        sortKeys = direction;
      }
    }
    return new StatementOrder(partitions, sortKeys);
  }

  private static void check(
      BoundStatement.Select select, KeySchema key, @Nullable List<KeyBranch> branches) {
    if (select.where() == null) {
      throw ApiException.validation(
          "Must have WHERE clause in the statement when using ORDER BY clause.");
    }
    for (OrderKey order : select.orderBy()) {
      if (!key.contains(order.attribute())) {
        throw ApiException.validation(
            "Attribute "
                + order.attribute()
                + " in ORDER BY clause must be part of the primary key");
      }
    }
    if (branches == null) {
      throw ApiException.validation(
          "Must have at least one non-optional hash key condition in WHERE clause when using ORDER"
              + " BY clause.");
    }
    KeyAttribute partitionKey = key.partitionKey();
    if (partitions(branches) > 1
        && select.orderBy().stream()
            .noneMatch(order -> order.attribute().equals(partitionKey.name()))) {
      throw ApiException.validation(
          "Must have hash key in ORDER BY clause when more than one hash key condition specified in"
              + " WHERE clause.");
    }
  }

  private static long partitions(List<KeyBranch> branches) {
    return branches.stream()
        .map(branch -> Bytes.wrap(KeyEncoding.encode(branch.partitionKey())))
        .distinct()
        .count();
  }
}
