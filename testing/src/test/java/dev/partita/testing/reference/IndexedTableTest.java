package dev.partita.testing.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.IndexDefinition.IndexProjection;
import dev.partita.testing.reference.LegacyCondition.Operator;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.DeleteItem;
import dev.partita.testing.reference.Operation.KeyCondition;
import dev.partita.testing.reference.Operation.KeyEquality;
import dev.partita.testing.reference.Operation.PutItem;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Select;
import dev.partita.testing.reference.Operation.SortCondition;
import dev.partita.testing.reference.Operation.UpdateItem;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.UpdateExpression.Assignment;
import dev.partita.testing.reference.UpdateExpression.Given;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Indexes and streams of the model against what AWS is known to answer. */
class IndexedTableTest {

  private static final String TABLE = "table";
  private static final TableDefinition DEFINITION =
      new TableDefinition(
          TABLE,
          key("p", "S"),
          Optional.of(key("c", "N")),
          List.of(
              new IndexDefinition(
                  "local",
                  false,
                  List.of(key("p", "S")),
                  List.of(key("a", "N")),
                  new IndexProjection.KeysOnly()),
              new IndexDefinition(
                  "global",
                  true,
                  List.of(key("b", "S")),
                  List.of(key("a", "N")),
                  new IndexProjection.Include(List.of("d"))),
              new IndexDefinition(
                  "several",
                  true,
                  List.of(key("b", "S"), key("p", "S")),
                  List.of(key("a", "N"), key("x", "S")),
                  new IndexProjection.All())),
          Optional.of(StreamView.NEW_AND_OLD_IMAGES));

  private final ReferenceModel model = new ReferenceModel(Mutation.NONE);

  @BeforeEach
  void createTable() {
    assertTrue(model.execute(new Operation.CreateTable(DEFINITION)).succeeded());
  }

  private static KeyAttribute key(String name, String type) {
    return new KeyAttribute(name, type);
  }

  private static MapValue item(String json) {
    return ValueJson.decodeAttributes(Json.parse(json.replace('\'', '"')));
  }

  private static Value value(String json) {
    return ValueJson.decode(Json.parse(json.replace('\'', '"')));
  }

  private static final WriteOptions OPTIONS =
      new WriteOptions(new Guard.Always(), ReturnValues.NONE, false, Capacity.INDEXES);

  private Reply put(String json) {
    return model.execute(new PutItem(TABLE, item(json), OPTIONS));
  }

  private Reply set(String key, String attribute, String value) {
    Assignment assignment = new Assignment(Path.of(attribute), new Given(value(value)));
    return model.execute(
        new UpdateItem(
            TABLE,
            item(key),
            new Update.Expression(
                new UpdateExpression(List.of(assignment), List.of(), List.of(), List.of())),
            OPTIONS));
  }

  private static ReadOptions reading(Select select, List<String> attributes) {
    Projection projection =
        attributes.isEmpty()
            ? new Projection.Everything()
            : new Projection.Paths(attributes.stream().map(Path::of).toList());
    return new ReadOptions(
        new Guard.Always(),
        projection,
        select,
        Optional.empty(),
        Optional.empty(),
        false,
        Capacity.INDEXES);
  }

  private Reply query(String index, ReadOptions options, List<SortCondition> sort) {
    List<KeyEquality> partition = new ArrayList<>();
    if (!index.equals("local")) {
      partition.add(new KeyEquality("b", value("{'S':'x'}")));
    }
    if (!index.equals("global")) {
      partition.add(new KeyEquality("p", value("{'S':'k'}")));
    }
    return model.execute(
        new Query(
            TABLE, Optional.of(index), new KeyCondition(partition, sort, false), true, options));
  }

  private Reply query(String index) {
    return query(index, reading(Select.UNSET, List.of()), List.of());
  }

  private static void assertItems(String expected, Reply reply) {
    assertEquals(
        Json.parse(expected.replace('\'', '"')),
        reply.body().member("Items").orElse(Json.text(reply.toString())));
  }

  private static void assertCapacity(String expected, Reply reply) {
    assertEquals(
        Json.parse(expected.replace('\'', '"')),
        ((Json.ObjectOf) reply.body().member("ConsumedCapacity").orElseThrow())
            .without("TableName"));
  }

  @Test
  void indexesAreSparseAndInTheirOwnOrder() {
    put("{'p':{'S':'k'},'c':{'N':'1'},'a':{'N':'30'},'b':{'S':'x'}}");
    put("{'p':{'S':'k'},'c':{'N':'2'},'a':{'N':'4'},'b':{'S':'x'},'d':{'S':'d'}}");
    put("{'p':{'S':'k'},'c':{'N':'3'},'b':{'S':'x'}}");
    assertItems(
        "[{'p':{'S':'k'},'c':{'N':'2'},'a':{'N':'4'}},"
            + "{'p':{'S':'k'},'c':{'N':'1'},'a':{'N':'30'}}]",
        query("local"));
    assertItems(
        "[{'p':{'S':'k'},'c':{'N':'2'},'a':{'N':'4'},'b':{'S':'x'},'d':{'S':'d'}},"
            + "{'p':{'S':'k'},'c':{'N':'1'},'a':{'N':'30'},'b':{'S':'x'}}]",
        query("global"));
    assertItems("[]", query("several"));
    set("{'p':{'S':'k'},'c':{'N':'1'}}", "x", "{'S':'y'}");
    assertEquals(
        1,
        ((Json.ArrayOf) query("several").body().member("Items").orElseThrow()).elements().size());
  }

  @Test
  void severalSortKeysAreGivenFromTheLeft() {
    for (int i = 0; i < 6; i++) {
      put(
          "{'p':{'S':'k'},'c':{'N':'%d'},'a':{'N':'%d'},'b':{'S':'x'},'x':{'S':'%d'}}"
              .formatted(i, i / 3, i % 3));
    }
    SortCondition a = new SortCondition("a", Operator.EQ, List.of(value("{'N':'1'}")));
    SortCondition x = new SortCondition("x", Operator.GE, List.of(value("{'S':'1'}")));
    ReadOptions options = reading(Select.UNSET, List.of("c"));
    assertItems("[{'c':{'N':'4'}},{'c':{'N':'5'}}]", query("several", options, List.of(a, x)));
    assertEquals("ValidationException", query("several", options, List.of(x)).errorType());
    SortCondition less = new SortCondition("a", Operator.LT, List.of(value("{'N':'9'}")));
    assertEquals("ValidationException", query("several", options, List.of(less, x)).errorType());
  }

  @Test
  void aPageOfAnIndexEndsAtKeysOfIndexAndTable() {
    put("{'p':{'S':'k'},'c':{'N':'1'},'a':{'N':'7'},'b':{'S':'x'}}");
    put("{'p':{'S':'l'},'c':{'N':'2'},'a':{'N':'7'},'b':{'S':'x'}}");
    ReadOptions one =
        new ReadOptions(
            new Guard.Always(),
            new Projection.Everything(),
            Select.UNSET,
            Optional.of(1),
            Optional.empty(),
            false,
            Capacity.NONE);
    Reply first = model.execute(new Scan(TABLE, Optional.of("global"), Optional.empty(), one));
    MapValue last =
        ValueJson.decodeAttributes(first.body().member("LastEvaluatedKey").orElseThrow());
    assertEquals(List.of("a", "b", "c", "p"), List.copyOf(last.members().keySet()));
    Reply second =
        model.execute(
            new Scan(TABLE, Optional.of("global"), Optional.empty(), one.startingAt(last)));
    assertEquals(Json.number(1), second.body().member("Count").orElseThrow());
    assertEquals(
        "ValidationException",
        query("global", one.startingAt(last.without("c")), List.of()).errorType());
    // Which of the two comes first is not known.
    assertThrows(UndecidedException.class, () -> query("global", one.startingAt(last), List.of()));
  }

  @Test
  void aLocalIndexFetchesWhatItDoesNotHold() {
    put("{'p':{'S':'k'},'c':{'N':'1'},'a':{'N':'7'},'z':{'S':'" + "z".repeat(5000) + "'}}");
    assertCapacity(
        "{'CapacityUnits':0.5,'Table':{'CapacityUnits':0},"
            + "'LocalSecondaryIndexes':{'local':{'CapacityUnits':0.5}}}",
        query("local"));
    Reply all = query("local", reading(Select.ALL_ATTRIBUTES, List.of()), List.of());
    assertTrue(all.body().print().contains("zzz"));
    assertCapacity(
        "{'CapacityUnits':1.5,'Table':{'CapacityUnits':1},"
            + "'LocalSecondaryIndexes':{'local':{'CapacityUnits':0.5}}}",
        all);
    assertTrue(
        query("local", reading(Select.UNSET, List.of("z")), List.of())
            .body()
            .print()
            .contains("zzz"));
  }

  @Test
  void aGlobalIndexRefusesWhatItDoesNotHold() {
    assertEquals(
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for"
            + " global secondary index global because its projection type is not ALL",
        query("global", reading(Select.ALL_ATTRIBUTES, List.of()), List.of()).message());
    assertEquals(
        "One or more parameter values were invalid: Global secondary index global does not project"
            + " [z]",
        query("global", reading(Select.UNSET, List.of("z", "d")), List.of()).message());
    ReadOptions consistent =
        new ReadOptions(
            new Guard.Always(),
            new Projection.Everything(),
            Select.UNSET,
            Optional.empty(),
            Optional.empty(),
            true,
            Capacity.NONE);
    assertEquals(
        "Consistent reads are not supported on global secondary indexes",
        query("global", consistent, List.of()).message());
    assertEquals("The table does not have the specified index: none", query("none").message());
  }

  @Test
  void wrongIndexKeysAreRefused() {
    assertEquals(
        "One or more parameter values were invalid: Type mismatch for Index Key x Expected: S"
            + " Actual: N IndexName: several",
        put("{'p':{'S':'k'},'c':{'N':'1'},'x':{'N':'1'}}").message());
    assertEquals(
        "One or more parameter values are not valid. A value specified for a secondary index key is"
            + " not supported. The AttributeValue for a key attribute cannot contain an empty"
            + " string value. IndexName: several, IndexKey: x",
        put("{'p':{'S':'k'},'c':{'N':'1'},'x':{'S':''}}").message());
    assertEquals(
        "One or more parameter values are not valid. The update expression attempted to update a"
            + " secondary index key to a value that is not supported. The AttributeValue for a key"
            + " attribute cannot contain an empty string value.",
        set("{'p':{'S':'k'},'c':{'N':'1'}}", "x", "{'S':''}").message());
    assertEquals(
        "ValidationException",
        put("{'p':{'S':'k'},'c':{'N':'1'},'x':{'S':'" + "x".repeat(1025) + "'}}").errorType());
    assertEquals("[]", streamRecords());
  }

  private String streamRecords() {
    return model
        .execute(new Operation.ReadStream(TABLE))
        .body()
        .member("Records")
        .orElseThrow()
        .print();
  }

  @Test
  void indexesAreChargedForWhatChangesInThem() {
    String inserted = "{'p':{'S':'k'},'c':{'N':'1'},'a':{'N':'7'},'b':{'S':'x'},'d':{'S':'d'}}";
    assertCapacity(
        "{'CapacityUnits':3,'Table':{'CapacityUnits':1},"
            + "'LocalSecondaryIndexes':{'local':{'CapacityUnits':1}},"
            + "'GlobalSecondaryIndexes':{'global':{'CapacityUnits':1}}}",
        put(inserted));
    assertCapacity("{'CapacityUnits':1,'Table':{'CapacityUnits':1}}", put(inserted));
    String key = "{'p':{'S':'k'},'c':{'N':'1'}}";
    assertCapacity(
        "{'CapacityUnits':2,'Table':{'CapacityUnits':1},"
            + "'GlobalSecondaryIndexes':{'global':{'CapacityUnits':1}}}",
        set(key, "d", "{'S':'e'}"));
    assertCapacity(
        "{'CapacityUnits':5,'Table':{'CapacityUnits':1},"
            + "'LocalSecondaryIndexes':{'local':{'CapacityUnits':2}},"
            + "'GlobalSecondaryIndexes':{'global':{'CapacityUnits':2}}}",
        set(key, "a", "{'N':'8'}"));
    assertCapacity(
        "{'CapacityUnits':3,'Table':{'CapacityUnits':1},"
            + "'LocalSecondaryIndexes':{'local':{'CapacityUnits':1}},"
            + "'GlobalSecondaryIndexes':{'global':{'CapacityUnits':1}}}",
        model.execute(new DeleteItem(TABLE, item(key), OPTIONS)));
  }

  @Test
  void aStreamHasARecordForEachChange() {
    put("{'p':{'S':'k'},'c':{'N':'1'},'n':{'N':'1'}}");
    put("{'p':{'S':'k'},'c':{'N':'1'},'n':{'N':'1.0'}}");
    set("{'p':{'S':'k'},'c':{'N':'1'}}", "n", "{'N':'2'}");
    model.execute(new DeleteItem(TABLE, item("{'p':{'S':'k'},'c':{'N':'1'}}"), OPTIONS));
    model.execute(new DeleteItem(TABLE, item("{'p':{'S':'k'},'c':{'N':'1'}}"), OPTIONS));
    String keys = "{'p':{'S':'k'},'c':{'N':'1'}}";
    String image = "{'p':{'S':'k'},'c':{'N':'1'},'n':{'N':'%d'}}";
    String record =
        "{'eventName':'%s','eventSource':'aws:dynamodb','dynamodb':{'Keys':"
            + keys
            + ",'StreamViewType':'NEW_AND_OLD_IMAGES',%s}}";
    // Keys weigh 5, an image 8.
    String expected =
        "["
            + record.formatted("INSERT", "'SizeBytes':13,'NewImage':" + image.formatted(1))
            + ","
            + record.formatted(
                "MODIFY",
                "'SizeBytes':21,'OldImage':"
                    + image.formatted(1)
                    + ",'NewImage':"
                    + image.formatted(2))
            + ","
            + record.formatted("REMOVE", "'SizeBytes':13,'OldImage':" + image.formatted(2))
            + "]";
    assertEquals(Json.parse(expected.replace('\'', '"')), Json.parse(streamRecords()));
  }
}
