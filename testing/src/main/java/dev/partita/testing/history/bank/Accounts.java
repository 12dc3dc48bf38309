package dev.partita.testing.history.bank;

import dev.partita.testing.reference.Condition;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operand;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.PutItem;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.TransactCheck;
import dev.partita.testing.reference.Operation.TransactGet;
import dev.partita.testing.reference.Operation.TransactUpdate;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.UpdateExpression;
import dev.partita.testing.reference.UpdateExpression.Assignment;
import dev.partita.testing.reference.UpdateExpression.Copy;
import dev.partita.testing.reference.UpdateExpression.Given;
import dev.partita.testing.reference.UpdateExpression.Minus;
import dev.partita.testing.reference.UpdateExpression.Plus;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringValue;
import dev.partita.testing.reference.ValueJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The accounts of a bank as items of tables, and what is done to them as requests. */
final class Accounts {

  private static final String KEY = "p";
  private static final Path BALANCE = Path.of("balance");

  private final List<String> tables = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  Accounts(String tablePrefix, int tables, int accounts) {
    for (int i = 0; i < tables; i++) {
      this.tables.add(tablePrefix + "-" + i);
    }
    for (int i = 0; i < accounts; i++) {
      names.add("account-%03d".formatted(i));
    }
  }

  List<TableDefinition> tables() {
    return tables.stream()
        .map(name -> new TableDefinition(name, new KeyAttribute(KEY, "S"), Optional.empty()))
        .toList();
  }

  List<String> names() {
    return names;
  }

  private String table(String account) {
    return tables.get(names.indexOf(account) % tables.size());
  }

  private static MapValue key(String account) {
    return Value.map().with(KEY, new StringValue(account));
  }

  private static NumberValue number(long number) {
    return new NumberValue(BigDecimal.valueOf(number));
  }

  /** Puts that open all accounts. */
  List<Operation> openings(long balance) {
    List<Operation> openings = new ArrayList<>();
    for (String account : names) {
      openings.add(
          new PutItem(
              table(account),
              key(account).with(BALANCE.root(), number(balance)),
              new WriteOptions(new Guard.Always(), ReturnValues.NONE, false, Capacity.NONE)));
    }
    return openings;
  }

  /** The actions of a transfer: nobody gives what he does not have. */
  List<TransactWrite> transfer(SortedMap<String, Long> changes) {
    List<TransactWrite> writes = new ArrayList<>();
    changes.forEach((account, change) -> {
      Given amount = new Given(number(Math.abs(change)));
      Assignment assignment =
          new Assignment(
              BALANCE,
              change < 0
                  ? new Minus(new Copy(BALANCE), amount)
                  : new Plus(new Copy(BALANCE), amount));
      Condition condition =
          change < 0
              ? new Condition.Comparison(
                  new Operand.Attribute(BALANCE),
                  Condition.Comparator.GREATER_OR_EQUAL,
                  new Operand.Constant(amount.value()))
              : new Condition.AttributeExists(BALANCE);
      writes.add(
          new TransactUpdate(
              table(account),
              key(account),
              new UpdateExpression(List.of(assignment), List.of(), List.of(), List.of()),
              new Guard.Expression(condition),
              false));
    });
    return writes;
  }

  /** A check that an account exists, unless it takes part in the transfer anyway. */
  Optional<TransactWrite> check(String account, SortedMap<String, Long> changes) {
    return changes.containsKey(account)
        ? Optional.empty()
        : Optional.of(
            new TransactCheck(
                table(account),
                key(account),
                new Guard.Expression(new Condition.AttributeExists(BALANCE)),
                false));
  }

  /** Looks at all accounts. */
  List<TransactGet> looks() {
    return names.stream()
        .map(account -> new TransactGet(table(account), key(account), new Projection.Everything()))
        .toList();
  }

  /** The balances in the answer to {@link #looks}; missing accounts are missing. */
  SortedMap<String, Long> balances(Reply reply) {
    SortedMap<String, Long> balances = new TreeMap<>();
    List<Json> responses =
        ((Json.ArrayOf) reply.body().member("Responses").orElseThrow()).elements();
    for (int i = 0; i < responses.size(); i++) {
      Optional<Json> item = ((Json.ObjectOf) responses.get(i)).member("Item");
      if (item.isPresent()
          && ValueJson.decodeAttributes(item.get()).member(BALANCE.root()).orElse(Value.map())
              instanceof NumberValue balance) {
        balances.put(names.get(i), balance.number().longValueExact());
      }
    }
    return balances;
  }
}
