package dev.partita.testing.history.append;

import dev.partita.testing.reference.Condition;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operand;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.GetItem;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.TransactCheck;
import dev.partita.testing.reference.Operation.TransactGet;
import dev.partita.testing.reference.Operation.TransactUpdate;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Operation.UpdateItem;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Update;
import dev.partita.testing.reference.UpdateExpression;
import dev.partita.testing.reference.UpdateExpression.Assignment;
import dev.partita.testing.reference.UpdateExpression.Given;
import dev.partita.testing.reference.UpdateExpression.IfNotExists;
import dev.partita.testing.reference.UpdateExpression.ListAppend;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringValue;
import dev.partita.testing.reference.ValueJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists as items of tables, and what is done to them as requests. */
final class StoredLists {

  private static final String KEY = "p";
  private static final Path ELEMENTS = Path.of("elements");

  private final List<String> tables = new ArrayList<>();

  StoredLists(String tablePrefix, int tables) {
    for (int i = 0; i < tables; i++) {
      this.tables.add(tablePrefix + "-" + i);
    }
  }

  List<TableDefinition> tables() {
    return tables.stream()
        .map(name -> new TableDefinition(name, new KeyAttribute(KEY, "S"), Optional.empty()))
        .toList();
  }

  private String table(String list) {
    return tables.get(Math.floorMod(list.hashCode(), tables.size()));
  }

  private static MapValue key(String list) {
    return Value.map().with(KEY, new StringValue(list));
  }

  private static ListValue list(List<Long> elements) {
    return new ListValue(
        elements.stream()
            .map(element -> (Value) new NumberValue(BigDecimal.valueOf(element)))
            .toList());
  }

  private static UpdateExpression appending(List<Long> elements) {
    Assignment assignment =
        new Assignment(
            ELEMENTS,
            new ListAppend(
                new IfNotExists(ELEMENTS, new Given(list(List.of()))), new Given(list(elements))));
    return new UpdateExpression(List.of(assignment), List.of(), List.of(), List.of());
  }

  /** The condition that a list is as it was seen. */
  private static Condition demand(List<Long> seen) {
    return seen.isEmpty()
        ? new Condition.AttributeNotExists(ELEMENTS)
        : new Condition.Comparison(
            new Operand.Attribute(ELEMENTS),
            Condition.Comparator.EQUAL,
            new Operand.Constant(list(seen)));
  }

  /** An append as part of a transaction, if the list is as demanded. */
  TransactWrite append(String list, List<Long> elements, Optional<List<Long>> demanded) {
    Guard guard =
        demanded.isPresent() ? new Guard.Expression(demand(demanded.get())) : new Guard.Always();
    return new TransactUpdate(table(list), key(list), appending(elements), guard, false);
  }

  /** A demand without an append as part of a transaction. */
  TransactWrite check(String list, List<Long> demanded) {
    return new TransactCheck(table(list), key(list), new Guard.Expression(demand(demanded)), false);
  }

  /** A read as part of a transaction. */
  TransactGet read(String list) {
    return new TransactGet(table(list), key(list), new Projection.Everything());
  }

  /** An append alone, which answers with the whole list. */
  Operation appendAlone(String list, List<Long> elements) {
    return new UpdateItem(
        table(list),
        key(list),
        new Update.Expression(appending(elements)),
        new WriteOptions(new Guard.Always(), ReturnValues.ALL_NEW, false, Capacity.NONE));
  }

  /** A strongly consistent read alone. */
  Operation readAlone(String list) {
    return new GetItem(table(list), key(list), new Projection.Everything(), true, Capacity.NONE);
  }

  /** The list in the answer to an operation alone. */
  static List<Long> elementsAlone(Reply reply) {
    return elements(reply.body().member("Item").or(() -> reply.body().member("Attributes")));
  }

  /** The lists in the answer to a TransactGetItems. */
  static List<List<Long>> elements(Reply reply) {
    return ((Json.ArrayOf) reply.body().member("Responses").orElseThrow())
        .elements().stream()
            .map(response -> elements(((Json.ObjectOf) response).member("Item")))
            .toList();
  }

  private static List<Long> elements(Optional<Json> item) {
    Value value =
        item.map(ValueJson::decodeAttributes)
            .flatMap(attributes -> attributes.member(ELEMENTS.root()))
            .orElse(list(List.of()));
    return ((ListValue) value)
        .elements().stream()
            .map(element -> ((NumberValue) element).number().longValueExact())
            .toList();
  }
}
