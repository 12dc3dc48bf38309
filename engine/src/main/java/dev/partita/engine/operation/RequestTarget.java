package dev.partita.engine.operation;

import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.BatchGetItemRequest;
import dev.partita.model.api.BatchWriteItemRequest;
import dev.partita.model.api.DeleteItemRequest;
import dev.partita.model.api.GetItemRequest;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.QueryRequest;
import dev.partita.model.api.ScanRequest;
import dev.partita.model.api.TransactGetItem;
import dev.partita.model.api.TransactGetItemsRequest;
import dev.partita.model.api.TransactWriteItem;
import dev.partita.model.api.TransactWriteItemsRequest;
import dev.partita.model.api.UpdateItemRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request for items is about.
 *
 * @param operation its name in the API
 * @param tables the table of each of its parts, in order; one, where there are no parts
 * @param indexName the index that is read; null for none
 */
public record RequestTarget(
    String operation, Kind kind, List<String> tables, @Nullable String indexName) {

  /** The names of all operations on items. */
  public static final List<String> OPERATIONS =
      List.of(
          "PutItem",
          "UpdateItem",
          "DeleteItem",
          "GetItem",
          "Query",
          "Scan",
          "BatchGetItem",
          "BatchWriteItem",
          "TransactWriteItems",
          "TransactGetItems");

  /** How a request treats items. */
  public enum Kind {
    READ,
    /** One item is written. */
    WRITE,
    /** Several items are written, each on its own. */
    BATCH_WRITE,
    TRANSACTIONAL_READ,
    TRANSACTIONAL_WRITE;

    /** Whether it writes. */
    public boolean writes() {
      return switch (this) {
        case READ, TRANSACTIONAL_READ -> false;
        case WRITE, BATCH_WRITE, TRANSACTIONAL_WRITE -> true;
      };
    }

    /** Whether it can meet an item that a transaction holds, and fails then. */
    public boolean conflicts() {
      return switch (this) {
        case READ, BATCH_WRITE -> false;
        case WRITE, TRANSACTIONAL_READ, TRANSACTIONAL_WRITE -> true;
      };
    }

    /** Whether it fails as a transaction does, with a reason for each part. */
    boolean isTransaction() {
      return switch (this) {
        case READ, WRITE, BATCH_WRITE -> false;
        case TRANSACTIONAL_READ, TRANSACTIONAL_WRITE -> true;
      };
    }
  }

  /** What {@code request} is about; null if it is not about items. */
  static @Nullable RequestTarget of(ApiRequest request) {
    return switch (request) {
      case PutItemRequest put -> one("PutItem", Kind.WRITE, put.tableName());
      case UpdateItemRequest update -> one("UpdateItem", Kind.WRITE, update.tableName());
      case DeleteItemRequest delete -> one("DeleteItem", Kind.WRITE, delete.tableName());
      case GetItemRequest get -> one("GetItem", Kind.READ, get.tableName());
      case QueryRequest query ->
          new RequestTarget("Query", Kind.READ, List.of(query.tableName()), query.indexName());
      case ScanRequest scan ->
          new RequestTarget("Scan", Kind.READ, List.of(scan.tableName()), scan.indexName());
      case BatchGetItemRequest batch ->
          of("BatchGetItem", Kind.READ, List.copyOf(batch.requestItems().keySet()));
      case BatchWriteItemRequest batch ->
          of("BatchWriteItem", Kind.BATCH_WRITE, List.copyOf(batch.requestItems().keySet()));
      case TransactWriteItemsRequest writes ->
          of(
              "TransactWriteItems",
              Kind.TRANSACTIONAL_WRITE,
              writes.transactItems().stream().map(TransactWriteItem::tableName).toList());
      case TransactGetItemsRequest gets ->
          of(
              "TransactGetItems",
              Kind.TRANSACTIONAL_READ,
              gets.transactItems().stream().map(TransactGetItem::tableName).toList());
      case ApiRequest _ -> null;
    };
  }

  private static RequestTarget one(String operation, Kind kind, String table) {
    return of(operation, kind, List.of(table));
  }

  private static RequestTarget of(String operation, Kind kind, List<String> tables) {
    return new RequestTarget(operation, kind, tables, null);
  }
}
