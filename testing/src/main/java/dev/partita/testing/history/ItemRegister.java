package dev.partita.testing.history;

import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.reference.Condition;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operand;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Update;
import dev.partita.testing.reference.UpdateExpression;
import dev.partita.testing.reference.UpdateExpression.SetAction;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringValue;
import dev.partita.testing.reference.ValueJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operations on registers as requests to a table, and the answers as outcomes. */
final class ItemRegister {

  private static final String KEY = "p";
  private static final String NUMBER = "a";

  /** Answers after which nothing has happened, now or later. */
  private static final Set<String> NOT_DONE =
      Set.of(
          "ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException");

  private ItemRegister() {}

  /** The table that holds the registers. */
  static TableDefinition table(String name) {
    return new TableDefinition(name, new KeyAttribute(KEY, "S"), Optional.empty());
  }

  /** The request for an operation. */
  static GeneratedOperation request(
      String table, String item, RegisterOperation operation, long style) {
    MapValue key = Value.map().with(KEY, new StringValue(item));
    Operation request =
        switch (operation) {
          case RegisterOperation.Read read ->
              new Operation.GetItem(table, key, new Projection.Everything(), true, Capacity.NONE);
          case RegisterOperation.Write write ->
              new Operation.PutItem(
                  table,
                  key.with(NUMBER, number(write.number())),
                  options(new Guard.Always(), ReturnValues.NONE));
          case RegisterOperation.CompareAndSet swap ->
              new Operation.PutItem(
                  table,
                  key.with(NUMBER, number(swap.number())),
                  options(new Guard.Expression(holds(swap.expected())), ReturnValues.NONE));
          case RegisterOperation.Add add ->
              new Operation.UpdateItem(
                  table,
                  key,
                  new Update.Expression(
                      new UpdateExpression(
                          List.of(),
                          List.of(),
                          List.of(new SetAction(Path.of(NUMBER), number(add.summand()))),
                          List.of())),
                  options(new Guard.Always(), ReturnValues.UPDATED_NEW));
          case RegisterOperation.Delete delete ->
              new Operation.DeleteItem(
                  table, key, options(new Guard.Always(), ReturnValues.ALL_OLD));
        };
    return new GeneratedOperation(request, style);
  }

  private static NumberValue number(long number) {
    return new NumberValue(BigDecimal.valueOf(number));
  }

  private static WriteOptions options(Guard guard, ReturnValues returnValues) {
    return new WriteOptions(guard, returnValues, true, Capacity.NONE);
  }

  private static Condition holds(Optional<Long> expected) {
    return expected.isEmpty()
        ? new Condition.AttributeNotExists(Path.of(KEY))
        : new Condition.Comparison(
            new Operand.Attribute(Path.of(NUMBER)),
            Condition.Comparator.EQUAL,
            new Operand.Constant(number(expected.get())));
  }

  /**
   * What an answer tells; empty if the operation was certainly not done.
   *
   * @throws IllegalStateException for an error that such a request must not get
   */
  static Optional<Outcome> outcome(Reply reply) {
    if (reply.succeeded()) {
      Optional<Json> answer =
          reply.body().member("Item").or(() -> reply.body().member("Attributes"));
      return Optional.of(new Outcome.Done(answer.flatMap(ItemRegister::number)));
    }
    if (reply.errorType().equals("ConditionalCheckFailedException")) {
      return Optional.of(
          new Outcome.Refused(reply.body().member("Item").flatMap(ItemRegister::number)));
    }
    if (NOT_DONE.contains(reply.errorType())) {
      return Optional.empty();
    }
    if (reply.status() >= 500) {
      return Optional.of(new Outcome.Unknown());
    }
    throw new IllegalStateException("unexpected answer: " + reply);
  }

  private static Optional<Long> number(Json attributes) {
    return ValueJson.decodeAttributes(attributes).member(NUMBER).orElse(Value.map())
            instanceof NumberValue number
        ? Optional.of(number.number().longValueExact())
        : Optional.empty();
  }
}
