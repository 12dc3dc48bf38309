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
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.UpdateItem;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
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
  private final SortedMap<String, Table> tables = new TreeMap<>();

  /**
   * @param mutation the mistake to make; {@link Mutation#NONE} for the true model
   */
  public ReferenceModel(Mutation mutation) {
    this.mutation = mutation;
    this.writes = new Writes(mutation);
    this.reads = new Reads(mutation);
  }

  /**
   * Executes one operation.
   *
   * @throws UndecidedException if AWS's answer is not known; nothing was changed
   */
  public Reply execute(Operation operation) {
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
              description(describedTable(describe.table()))
                  .with("TableStatus", Json.text("ACTIVE"));
          yield Reply.success(Json.object("Table", description));
        }
        case PutItem put -> writes.put(table(put.table()), put);
        case UpdateItem update -> writes.update(table(update.table()), update);
        case DeleteItem delete -> writes.delete(table(delete.table()), delete);
        case GetItem get -> reads.get(table(get.table()), get);
        case Query query -> reads.query(table(query.table()), query);
        case Scan scan -> reads.scan(table(scan.table()), scan);
        case BatchGetItem batch -> {
          checkTables(batch.reads().keySet());
          yield reads.batch(tables, batch);
        }
        case BatchWriteItem batch -> {
          checkTables(batch.writes().keySet());
          yield writes.batch(tables, batch);
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
    Table table = new Table(definition, new ValueOrder(mutation));
    tables.put(definition.name(), table);
    return Reply.success(Json.object("TableDescription", description(table)));
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

  private static Json.ObjectOf description(Table table) {
    List<Json> keySchema = new ArrayList<>();
    List<Json> attributes = new ArrayList<>();
    for (KeyAttribute key : table.definition().keyAttributes()) {
      Json.ObjectOf name = Json.object("AttributeName", Json.text(key.name()));
      keySchema.add(name.with("KeyType", Json.text(keySchema.isEmpty() ? "HASH" : "RANGE")));
      attributes.add(name.with("AttributeType", Json.text(key.type())));
    }
    return Json.object("TableName", Json.text(table.definition().name()))
        .with("KeySchema", new Json.ArrayOf(keySchema))
        .with("AttributeDefinitions", new Json.ArrayOf(attributes));
  }
}
