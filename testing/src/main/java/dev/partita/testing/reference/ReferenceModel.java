package dev.partita.testing.reference;

import dev.partita.testing.reference.Operation.BatchGetItem;
import dev.partita.testing.reference.Operation.BatchWriteItem;
import dev.partita.testing.reference.Operation.CreateTable;
import dev.partita.testing.reference.Operation.DeleteItem;
import dev.partita.testing.reference.Operation.DeleteTable;
import dev.partita.testing.reference.Operation.DescribeTable;
import dev.partita.testing.reference.Operation.GetItem;
import dev.partita.testing.reference.Operation.PutItem;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadStream;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.TransactGetItems;
import dev.partita.testing.reference.Operation.TransactWriteItems;
import dev.partita.testing.reference.Operation.UpdateItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A DynamoDB in memory: executes operations one after the other and answers as AWS would. Tables
 * come and go at once.
 */
public final class ReferenceModel {

  private final Mutation mutation;
  private final Writes writes;
  private final Reads reads;
  private final Searches searches;
  private final Transactions transactions;
  private final SortedMap<String, Table> tables = new TreeMap<>();

  /**
   * @param mutation the mistake to make; {@link Mutation#NONE} for the true model
   */
  public ReferenceModel(Mutation mutation) {
    this.mutation = mutation;
    this.writes = new Writes(mutation);
    this.reads = new Reads(mutation);
    this.searches = new Searches(mutation);
    this.transactions = new Transactions(mutation, writes);
  }

  /**
   * Executes one operation.
   *
   * @throws UndecidedException if AWS's answer is not known; nothing was changed
   */
  public Reply execute(Operation operation) {
    return execute(operation, false);
  }

  /**
   * Answers a Query or a Scan as if a page had no end.
   *
   * @throws UndecidedException if AWS's answer is not known
   */
  public Reply whole(Operation search) {
    return execute(search, true);
  }

  private Reply execute(Operation operation, boolean endless) {
    try {
      return switch (operation) {
        case CreateTable create -> create(create.table());
        case DeleteTable delete -> {
          describedTable(delete.table());
          tables.remove(delete.table());
          // Whether a table that goes away still shows its key is not known.
          Json.ObjectOf name = Json.object("TableName", Json.text(delete.table()));
          yield Reply.success(Json.object("TableDescription", name));
        }
        case DescribeTable describe -> {
          Json.ObjectOf description =
              TableJson.of(describedTable(describe.table()).definition())
                  .with("TableStatus", Json.text("ACTIVE"));
          yield Reply.success(Json.object("Table", description));
        }
        case PutItem put -> writes.put(table(put.table()), put);
        case UpdateItem update -> writes.update(table(update.table()), update);
        case DeleteItem delete -> writes.delete(table(delete.table()), delete);
        case GetItem get -> reads.get(table(get.table()), get);
        case Query query -> searches.query(table(query.table()), query, endless);
        case Scan scan -> searches.scan(table(scan.table()), scan, endless);
        case BatchGetItem batch -> {
          checkTables(batch.reads().keySet());
          yield reads.batch(tables, batch);
        }
        case BatchWriteItem batch -> {
          checkTables(batch.writes().keySet());
          yield writes.batch(tables, batch);
        }
        case ReadStream read -> {
          List<Json> records = new ArrayList<>();
          table(read.table()).stream().forEach(record -> records.add(record.json(mutation)));
          yield Reply.success(Json.object("Records", new Json.ArrayOf(records)));
        }
        case TransactWriteItems request -> {
          request.writes().forEach(write -> checkTables(Set.of(write.table())));
          yield transactions.write(tables, request);
        }
        case TransactGetItems request -> {
          request.gets().forEach(get -> checkTables(Set.of(get.table())));
          yield transactions.get(tables, request);
        }
      };
    } catch (RefusedException refused) {
      return refused.reply();
    }
  }

  private Reply create(TableDefinition definition) {
    if (tables.containsKey(definition.name())) {
      throw new RefusedException(
          "ResourceInUseException", "Table already exists: " + definition.name(), Json.object());
    }
    Table table = new Table(definition, mutation);
    tables.put(definition.name(), table);
    return Reply.success(Json.object("TableDescription", TableJson.of(definition)));
  }

  private Table table(String name) {
    checkTables(Set.of(name));
    return Optional.ofNullable(tables.get(name)).orElseThrow();
  }

  private void checkTables(Set<String> names) {
    if (!tables.keySet().containsAll(names)) {
      throw new RefusedException(
          "ResourceNotFoundException", "Requested resource not found", Json.object());
    }
  }

  private Table describedTable(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new RefusedException(
          "ResourceNotFoundException",
          "Requested resource not found: Table: " + name + " not found",
          Json.object());
    }
    return table;
  }
}
