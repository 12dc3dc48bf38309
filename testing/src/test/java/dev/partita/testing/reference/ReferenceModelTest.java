package dev.partita.testing.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.GetItem;
import dev.partita.testing.reference.Operation.PutItem;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.UpdateItem;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.Path.Index;
import dev.partita.testing.reference.Path.Name;
import dev.partita.testing.reference.Path.Step;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.UpdateExpression.Assigned;
import dev.partita.testing.reference.UpdateExpression.Assignment;
import dev.partita.testing.reference.UpdateExpression.Copy;
import dev.partita.testing.reference.UpdateExpression.Given;
import dev.partita.testing.reference.UpdateExpression.Plus;
import dev.partita.testing.reference.UpdateExpression.SetAction;
import dev.partita.testing.reference.Value.MapValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model against answers that AWS is known to give. Items are written as DynamoDB JSON. */
class ReferenceModelTest {

  private static final String TABLE = "table";
  private static final MapValue KEY = item("{'p':{'S':'k'}}");

  private final ReferenceModel model = new ReferenceModel(Mutation.NONE);

  @BeforeEach
  void createTable() {
    model.execute(
        new Operation.CreateTable(
            new TableDefinition(TABLE, new KeyAttribute("p", "S"), Optional.empty())));
  }

  private static MapValue item(String json) {
    return ValueJson.decodeAttributes(Json.parse(json.replace('\'', '"')));
  }

  private static Value value(String json) {
    return ValueJson.decode(Json.parse(json.replace('\'', '"')));
  }

  private static Path path(String root, Object... steps) {
    return new Path(
        root,
        List.of(steps).stream()
            .map(step -> step instanceof Integer i ? (Step) new Index(i) : new Name("" + step))
            .toList());
  }

  private static WriteOptions options(ReturnValues returned) {
    return new WriteOptions(new Guard.Always(), returned, false, Capacity.TOTAL);
  }

  private Reply put(String json) {
    return model.execute(new PutItem(TABLE, item(json), options(ReturnValues.NONE)));
  }

  private Reply update(ReturnValues returned, UpdateExpression expression) {
    return model.execute(
        new UpdateItem(TABLE, KEY, new Update.Expression(expression), options(returned)));
  }

  private static Assignment set(Path path, String value) {
    return new Assignment(path, new Given(value(value)));
  }

  private static UpdateExpression sets(Assignment... assignments) {
    return new UpdateExpression(List.of(assignments), List.of(), List.of(), List.of());
  }

  private static UpdateExpression removes(Path... paths) {
    return new UpdateExpression(List.of(), List.of(paths), List.of(), List.of());
  }

  private Json read() {
    Reply reply =
        model.execute(new GetItem(TABLE, KEY, new Projection.Everything(), true, Capacity.NONE));
    return reply.body().member("Item").orElse(Json.text("missing"));
  }

  private static void assertBody(String expected, Reply reply) {
    assertEquals(
        Json.parse(expected.replace('\'', '"')).print(),
        reply.body().without("ConsumedCapacity").print());
  }

  private static void assertItem(String expected, Json actual) {
    assertEquals(Json.parse(expected.replace('\'', '"')).print(), actual.print());
  }

  @Test
  void everyAssignmentReadsTheItemAsItWas() {
    put("{'p':{'S':'k'},'a':{'N':'1'},'b':{'N':'2'}}");
    update(
        ReturnValues.NONE,
        sets(
            new Assignment(path("a"), new Copy(path("b"))),
            new Assignment(path("b"), new Copy(path("a")))));
    assertItem("{'p':{'S':'k'},'a':{'N':'2'},'b':{'N':'1'}}", read());
  }

  @Test
  void elementsPastTheEndAreAppendedInTheOrderOfTheirIndexes() {
    put("{'p':{'S':'k'},'e':{'L':[{'S':'0'}]}}");
    update(
        ReturnValues.NONE,
        sets(
            set(path("e", 84), "{'S':'third'}"),
            set(path("e", 17), "{'S':'first'}"),
            set(path("e", 50), "{'S':'second'}")));
    assertItem(
        "{'p':{'S':'k'},'e':{'L':[{'S':'0'},{'S':'first'},{'S':'second'},{'S':'third'}]}}", read());
  }

  @Test
  void indexesAreThoseBeforeARemove() {
    put("{'p':{'S':'k'},'e':{'L':[{'N':'2'},{'N':'3'},{'N':'4'},{'N':'5'}]}}");
    update(
        ReturnValues.NONE,
        new UpdateExpression(
            List.of(set(path("e", 3), "{'N':'17'}")), List.of(path("e", 1)), List.of(), List.of()));
    assertItem("{'p':{'S':'k'},'e':{'L':[{'N':'2'},{'N':'4'},{'N':'17'}]}}", read());
  }

  @Test
  void updatedNewAndOldShowOnlyTheTouchedPlaces() {
    put("{'p':{'S':'k'},'d':{'M':{'x':{'N':'1'},'y':{'L':[{'N':'1'},{'N':'2'},{'N':'3'}]}}}}");
    assertBody(
        "{'Attributes':{'d':{'M':{'y':{'L':[{'N':'2'}]}}}}}",
        update(ReturnValues.UPDATED_OLD, sets(set(path("d", "y", 1), "{'N':'7'}"))));
    assertBody(
        "{'Attributes':{'d':{'M':{'x':{'N':'5'}}}}}",
        update(ReturnValues.UPDATED_NEW, sets(set(path("d", "x"), "{'N':'5'}"))));
    assertBody("{}", update(ReturnValues.UPDATED_OLD, sets(set(path("d", "new"), "{'N':'5'}"))));
    assertBody(
        "{}", update(ReturnValues.UPDATED_NEW, sets(set(path("d", "y", 100), "{'N':'70'}"))));
    assertBody(
        "{'Attributes':{'d':{'M':{'y':{'L':[{'N':'3'}]}}}}}",
        update(ReturnValues.UPDATED_NEW, removes(path("d", "y", 1))));
  }

  @Test
  void aRemoveDoesNotCreateAnItemButNothingDoes() {
    assertBody("{}", update(ReturnValues.ALL_NEW, removes(path("a"))));
    assertEquals(Json.text("missing"), read());
    Reply touched =
        model.execute(
            new UpdateItem(TABLE, KEY, new Update.Touch(), options(ReturnValues.ALL_NEW)));
    assertBody("{'Attributes':{'p':{'S':'k'}}}", touched);
  }

  @Test
  void theLastElementOfASetTakesTheAttributeWithIt() {
    put("{'p':{'S':'k'},'g':{'SS':['a','b']}}");
    SetAction delete = new SetAction(path("g"), value("{'SS':['b','a','c']}"));
    update(
        ReturnValues.NONE, new UpdateExpression(List.of(), List.of(), List.of(), List.of(delete)));
    assertItem("{'p':{'S':'k'}}", read());
  }

  @Test
  void sumsAreExactOrRefused() {
    Assigned sum = new Plus(new Given(value("{'N':'1'}")), new Given(value("{'N':'1E+22'}")));
    update(ReturnValues.NONE, sets(new Assignment(path("a"), sum)));
    assertItem("{'p':{'S':'k'},'a':{'N':'10000000000000000000001'}}", read());
    Assigned imprecise = new Plus(new Given(value("{'N':'1'}")), new Given(value("{'N':'1E50'}")));
    assertEquals(
        "ValidationException",
        update(ReturnValues.NONE, sets(new Assignment(path("a"), imprecise))).errorType());
  }

  @Test
  void aPathThroughNothingIsInvalid() {
    put("{'p':{'S':'k'},'a':{'S':'text'}}");
    for (Path target : List.of(path("a", "x"), path("a", 0), path("none", "x"))) {
      Reply reply = update(ReturnValues.NONE, sets(set(target, "{'N':'1'}")));
      assertEquals(UpdateEvaluator.INVALID_PATH, reply.message());
    }
  }

  @Test
  void capacityCountsTheLargerItemAndRoundsUp() {
    String name = "p" + "k" + "pad";
    String pad = "x".repeat(2 * 1024 + 1 - name.length());
    assertEquals(3, units(put("{'p':{'S':'k'},'pad':{'S':'" + pad + "'}}")));
    assertEquals(3, units(put("{'p':{'S':'k'}}")));
    assertEquals(1, units(put("{'p':{'S':'k'}}")));
  }

  private static int units(Reply reply) {
    Json.ObjectOf capacity = (Json.ObjectOf) reply.body().member("ConsumedCapacity").orElseThrow();
    return ((Json.Numeral) capacity.member("CapacityUnits").orElseThrow()).number().intValueExact();
  }

  @Test
  void aFailedConditionShowsTheItemIfAsked() {
    put("{'p':{'S':'k'},'a':{'N':'1'}}");
    Guard guard = new Guard.Expression(new Condition.AttributeNotExists(path("p")));
    Reply reply =
        model.execute(
            new PutItem(
                TABLE,
                item("{'p':{'S':'k'}}"),
                new WriteOptions(guard, ReturnValues.NONE, true, Capacity.NONE)));
    assertEquals("ConditionalCheckFailedException", reply.errorType());
    assertBody("{'Item':{'a':{'N':'1'},'p':{'S':'k'}}}", reply);
  }

  @Test
  void whatIsNotKnownIsSaidBeforeAnythingChanges() {
    put("{'p':{'S':'k'},'e':{'L':[{'N':'1'}]}}");
    Json before = read();
    assertThrows(
        UndecidedException.class,
        () -> update(ReturnValues.UPDATED_NEW, sets(set(path("e", 1), "{'N':'2'}"))));
    assertEquals(before, read());
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertEquals(ValueRules.OVERFLOW, put("{'p':{'S':'k'},'a':{'N':'1E126'}}").message());
    assertEquals(ValueRules.UNDERFLOW, put("{'p':{'S':'k'},'a':{'N':'1E-131'}}").message());
    assertEquals(
        ValueRules.TOO_PRECISE,
        put("{'p':{'S':'k'},'a':{'N':'" + "9".repeat(39) + "'}}").message());
    assertTrue(put("{'p':{'S':'k'},'a':{'N':'-9.9E125'}}").succeeded());
  }
}
