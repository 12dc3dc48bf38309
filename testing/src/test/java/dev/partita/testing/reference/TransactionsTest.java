package dev.partita.testing.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.TransactCheck;
import dev.partita.testing.reference.Operation.TransactDelete;
import dev.partita.testing.reference.Operation.TransactGet;
import dev.partita.testing.reference.Operation.TransactGetItems;
import dev.partita.testing.reference.Operation.TransactPut;
import dev.partita.testing.reference.Operation.TransactUpdate;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Operation.TransactWriteItems;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.UpdateExpression.Assignment;
import dev.partita.testing.reference.UpdateExpression.Copy;
import dev.partita.testing.reference.UpdateExpression.Given;
import dev.partita.testing.reference.UpdateExpression.Plus;
import dev.partita.testing.reference.Value.MapValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions of the model against what AWS is known to answer. */
class TransactionsTest {

  private static final Guard ALWAYS = new Guard.Always();
  private static final Guard MISSING =
      new Guard.Expression(new Condition.AttributeNotExists(Path.of("p")));
  private static final Guard PRESENT =
      new Guard.Expression(new Condition.AttributeExists(Path.of("p")));

  private final ReferenceModel model = new ReferenceModel(Mutation.NONE);

  @BeforeEach
  void createTables() {
    for (String name : List.of("one", "two")) {
      TableDefinition table =
          new TableDefinition(name, new KeyAttribute("p", "S"), Optional.empty());
      model.execute(new Operation.CreateTable(table));
    }
  }

  private static MapValue item(String json) {
    return ValueJson.decodeAttributes(Json.parse(json.replace('\'', '"')));
  }

  private static MapValue key(String name) {
    return item("{'p':{'S':'" + name + "'}}");
  }

  private static TransactWrite put(String table, String json) {
    return new TransactPut(table, item(json), ALWAYS, false);
  }

  /** Adds one to n. */
  private static TransactWrite count(String table, String name) {
    Assignment assignment =
        new Assignment(
            Path.of("n"),
            new Plus(new Copy(Path.of("n")), new Given(ValueJson.decode(number("1")))));
    return new TransactUpdate(
        table,
        key(name),
        new UpdateExpression(List.of(assignment), List.of(), List.of(), List.of()),
        ALWAYS,
        false);
  }

  private static Json number(String number) {
    return Json.object("N", Json.text(number));
  }

  private Reply write(String token, TransactWrite... writes) {
    return model.execute(
        new TransactWriteItems(
            Arrays.asList(writes),
            Optional.of(token).filter(text -> !text.isEmpty()),
            Capacity.INDEXES));
  }

  private Reply read(String table, String name, Projection projection) {
    return model.execute(
        new TransactGetItems(
            List.of(new TransactGet(table, key(name), projection)), Capacity.TOTAL));
  }

  private void assertHolds(String table, String name, String expected) {
    Reply reply = read(table, name, new Projection.Everything());
    assertEquals(
        Json.parse(expected.replace('\'', '"')),
        ((Json.ArrayOf) reply.body().member("Responses").orElseThrow()).elements().getFirst());
  }

  private static void assertReasons(String expected, Reply reply) {
    assertEquals("TransactionCanceledException", reply.errorType());
    assertEquals(
        Json.parse(expected.replace('\'', '"')),
        reply.body().member("CancellationReasons").orElseThrow());
  }

  @Test
  void allOrNothing() {
    assertTrue(
        write("", put("one", "{'p':{'S':'a'},'n':{'N':'1'}}"), put("two", "{'p':{'S':'b'}}"))
            .succeeded());
    assertHolds("two", "b", "{'Item':{'p':{'S':'b'}}}");
    Reply reply =
        write(
            "",
            new TransactDelete("two", key("b"), ALWAYS, false),
            new TransactPut("one", key("a"), MISSING, true),
            new TransactCheck("one", key("none"), PRESENT, true));
    assertReasons(
        "[{'Code':'None'},"
            + "{'Code':'ConditionalCheckFailed','Message':'The conditional request failed',"
            + "'Item':{'p':{'S':'a'},'n':{'N':'1'}}},"
            + "{'Code':'ConditionalCheckFailed','Message':'The conditional request failed'}]",
        reply);
    assertEquals(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None,"
            + " ConditionalCheckFailed, ConditionalCheckFailed]",
        reply.message());
    assertHolds("two", "b", "{'Item':{'p':{'S':'b'}}}");
  }

  @Test
  void aKeyThatDoesNotFitIsTheOnlyReason() {
    assertReasons(
        "[{'Code':'None'},"
            + "{'Code':'ValidationError','Message':'One or more parameter values were invalid:"
            + " Type mismatch for key p expected: S actual: N'},"
            + "{'Code':'None'},{'Code':'None'}]",
        write(
            "",
            put("one", "{'p':{'S':'a'}}"),
            put("one", "{'p':{'N':'7'}}"),
            put("one", "{'p':{'N':'8'}}"),
            new TransactCheck("one", key("none"), PRESENT, true)));
  }

  @Test
  void anUpdateThatCannotBeDoneIsAReason() {
    assertReasons(
        "[{'Code':'ValidationError','Message':'" + UpdateEvaluator.MISSING_OPERAND + "'}]",
        write("", count("one", "none")));
  }

  @Test
  void mistakesOfTheWholeRequest() {
    assertEquals(
        "Transaction request cannot include multiple operations on one item",
        write("", put("one", "{'p':{'S':'a'}}"), new TransactCheck("one", key("a"), MISSING, false))
            .message());
    assertEquals(
        Writes.TOO_LARGE,
        write("", put("one", "{'p':{'S':'a'},'x':{'S':'" + "x".repeat(410_000) + "'}}")).message());
    assertEquals(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
            + " contain an empty string value. Key: p",
        write("", put("one", "{'p':{'S':''}}")).message());
    assertEquals(
        "ResourceNotFoundException", write("", put("none", "{'p':{'S':'a'}}")).errorType());
    assertEquals("ValidationException", write("").errorType());
  }

  @Test
  void aTokenCountsOnce() {
    write("", put("one", "{'p':{'S':'a'},'n':{'N':'1'}}"));
    assertCapacity("WriteCapacityUnits", 2, write("t", count("one", "a")));
    assertCapacity("ReadCapacityUnits", 2, write("t", count("one", "a")));
    assertHolds("one", "a", "{'Item':{'p':{'S':'a'},'n':{'N':'2'}}}");
    assertEquals("IdempotentParameterMismatchException", write("t", count("two", "a")).errorType());
    write("u", new TransactCheck("one", key("a"), MISSING, false));
    assertThrows(
        UndecidedException.class,
        () -> write("u", new TransactCheck("one", key("a"), MISSING, false)));
  }

  private static void assertCapacity(String member, int units, Reply reply) {
    Json.ArrayOf consumed = (Json.ArrayOf) reply.body().member("ConsumedCapacity").orElseThrow();
    Json.ObjectOf first = (Json.ObjectOf) consumed.elements().getFirst();
    assertEquals(Json.number(units), first.member("CapacityUnits").orElseThrow());
    assertEquals(Json.number(units), first.member(member).orElseThrow());
  }

  @Test
  void readsCostTwiceAndShowNothingOfWhatIsNotThere() {
    write("", put("one", "{'p':{'S':'a'},'x':{'S':'" + "x".repeat(5_000) + "'}}"));
    assertCapacity("ReadCapacityUnits", 4, read("one", "a", new Projection.Everything()));
    assertCapacity("ReadCapacityUnits", 2, read("one", "none", new Projection.Everything()));
    Reply nothing = read("one", "a", new Projection.Paths(List.of(Path.of("none"))));
    assertEquals("[{}]", nothing.body().member("Responses").orElseThrow().print());
  }

  @Test
  void aWrongKeyOfAReadIsAReason() {
    Reply reply =
        model.execute(
            new TransactGetItems(
                List.of(
                    new TransactGet("one", key("a"), new Projection.Everything()),
                    new TransactGet("one", Value.map(), new Projection.Everything())),
                Capacity.NONE));
    assertReasons(
        "[{'Code':'None'},{'Code':'ValidationError','Message':'The provided key element does not"
            + " match the schema'}]",
        reply);
  }
}
