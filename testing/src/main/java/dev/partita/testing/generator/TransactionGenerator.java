package dev.partita.testing.generator;

import dev.partita.testing.reference.Condition;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.TransactCheck;
import dev.partita.testing.reference.Operation.TransactDelete;
import dev.partita.testing.reference.Operation.TransactGet;
import dev.partita.testing.reference.Operation.TransactGetItems;
import dev.partita.testing.reference.Operation.TransactPut;
import dev.partita.testing.reference.Operation.TransactUpdate;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Operation.TransactWriteItems;
import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.UpdateExpression;
import dev.partita.testing.reference.UpdateExpression.Assignment;
import dev.partita.testing.reference.UpdateExpression.Given;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Random transactions over several tables. */
final class TransactionGenerator {

  private final List<TableDefinition> tables;
  private final Choices choices;
  private final ValueGenerator values;
  private final ConditionGenerator conditions;
  private final UpdateGenerator updates;
  private final SearchGenerator searches;

  /** The last request with a token, to be sent again as it was. */
  private Optional<GeneratedOperation> lastWithToken = Optional.empty();

  private int tokens;

  TransactionGenerator(
      List<TableDefinition> tables,
      Choices choices,
      ValueGenerator values,
      ConditionGenerator conditions,
      UpdateGenerator updates,
      SearchGenerator searches) {
    this.tables = tables;
    this.choices = choices;
    this.values = values;
    this.conditions = conditions;
    this.updates = updates;
    this.searches = searches;
  }

  private Capacity capacity() {
    return choices.oneOf(List.of(Capacity.values()));
  }

  /** TransactWriteItems; now and then the one before again, or its token with another request. */
  GeneratedOperation write() {
    if (lastWithToken.isPresent() && choices.percent(15)) {
      return lastWithToken.get();
    }
    Optional<String> token = Optional.empty();
    boolean mismatch = false;
    if (choices.percent(40)) {
      mismatch = tokens > 0 && choices.percent(8);
      token = Optional.of("-" + (mismatch ? tokens : ++tokens));
    }
    GeneratedOperation generated =
        new GeneratedOperation(
            new TransactWriteItems(actions(), token, capacity()), choices.seed());
    if (token.isPresent() && !mismatch) {
      lastWithToken = Optional.of(generated);
    }
    return generated;
  }

  private List<TransactWrite> actions() {
    List<TransactWrite> actions = new ArrayList<>();
    Set<Object> taken = new HashSet<>();
    for (int i = choices.between(1, 5); i > 0; i--) {
      TableDefinition table = choices.oneOf(tables);
      MapValue key = values.key(table);
      if (taken.add(Map.entry(table.name(), key))) {
        actions.add(action(table, key));
        if (choices.permille(12)) {
          actions.add(action(table, key));
        }
      }
    }
    return choices.shuffled(actions);
  }

  private TransactWrite action(TableDefinition table, MapValue goodKey) {
    MapValue key = choices.permille(8) ? values.badKey(table) : goodKey;
    boolean shown = choices.percent(50);
    String name = table.name();
    return switch (choices.below(20)) {
      case 0, 1, 2, 3, 4, 5, 6 -> {
        MapValue item = values.item(table);
        for (var member : key.members().entrySet()) {
          item = item.with(member.getKey(), member.getValue());
        }
        yield new TransactPut(name, item, guard(table, 25), shown);
      }
      case 7, 8, 9, 10, 11, 12, 13 ->
          new TransactUpdate(name, key, update(table), guard(table, 20), shown);
      case 14, 15, 16 -> new TransactDelete(name, key, guard(table, 25), shown);
      default -> new TransactCheck(name, key, guard(table, 100), shown);
    };
  }

  /** Often nothing, and often what always holds: with many conditions few transactions are done. */
  private Guard guard(TableDefinition table, int percent) {
    if (!choices.percent(percent)) {
      return new Guard.Always();
    }
    Path key = Path.of(table.partitionKey().name());
    return new Guard.Expression(
        switch (choices.below(4)) {
          case 0 -> conditions.condition(2);
          case 1 -> new Condition.AttributeNotExists(key);
          default ->
              new Condition.Or(
                  new Condition.AttributeExists(key), new Condition.AttributeNotExists(key));
        });
  }

  private UpdateExpression update(TableDefinition table) {
    if (choices.percent(25)) {
      return updates.expression(table);
    }
    List<Assignment> sets = new ArrayList<>();
    List<Path> removes = new ArrayList<>();
    List<String> names = new ArrayList<>(Universe.ATTRIBUTES);
    Universe.indexKeys(table).forEach(key -> names.remove(key.name()));
    for (String attribute : choices.shuffled(names).subList(0, choices.between(1, 3))) {
      if (choices.percent(75)) {
        Value value = values.forAttribute(attribute);
        sets.add(new Assignment(Path.of(attribute), new Given(value)));
      } else {
        removes.add(Path.of(attribute));
      }
    }
    for (TableDefinition.KeyAttribute key : Universe.indexKeys(table)) {
      if (choices.percent(30)) {
        Value value = values.indexKey(table, key);
        sets.add(new Assignment(Path.of(key.name()), new Given(value)));
      }
    }
    return new UpdateExpression(sets, removes, List.of(), List.of());
  }

  /** TransactGetItems. */
  GeneratedOperation read() {
    List<TransactGet> gets = new ArrayList<>();
    Set<Object> taken = new HashSet<>();
    for (int i = choices.between(1, 6); i > 0; i--) {
      TableDefinition table = choices.oneOf(tables);
      MapValue key = choices.permille(8) ? values.badKey(table) : values.key(table);
      if (taken.add(Map.entry(table.name(), key)) || choices.permille(100)) {
        gets.add(new TransactGet(table.name(), key, searches.projection(true)));
      }
    }
    return new GeneratedOperation(new TransactGetItems(gets, capacity()), choices.seed());
  }
}
