package dev.partita.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What CreateTable refuses of indexes and streams, and in which words. */
@ExtendWith(SharedServer.class)
class IndexErrorsTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String ALL = "{'ProjectionType':'ALL'}";
  private static final String ON_DEMAND = "'BillingMode':'PAY_PER_REQUEST'";
  private static final String PROVISIONED =
      "'ProvisionedThroughput':{'ReadCapacityUnits':1,'WriteCapacityUnits':1}";

  private final Refusals refusals;

  IndexErrorsTest(Server server) {
    this.refusals = new Refusals(server.raw(), "");
  }

  @AfterEach
  void verify() {
    refusals.verify();
  }

  /** Attributes a to e are there, the key is (a, b). */
  private static String create(String rest) {
    return table("a,b", "HASH a,RANGE b", rest);
  }

  private static String table(String attributes, String key, String rest) {
    return "{'TableName':'new-table','AttributeDefinitions':["
        + List.of(attributes.split(",", -1)).stream()
            .map(name -> "{'AttributeName':'" + name + "','AttributeType':'S'}")
            .collect(Collectors.joining(","))
        + "],'KeySchema':"
        + key(key)
        + ","
        + rest
        + "}";
  }

  /** From {@code HASH a,RANGE b}. */
  private static String key(String elements) {
    List<String> parts = new ArrayList<>();
    for (String element : elements.split(",", -1)) {
      String[] typeAndName = element.split(" ", -1);
      parts.add("{'AttributeName':'" + typeAndName[1] + "','KeyType':'" + typeAndName[0] + "'}");
    }
    return "[" + String.join(",", parts) + "]";
  }

  private static String index(String name, String key, String projection) {
    return "{'IndexName':'"
        + name
        + "','KeySchema':"
        + key(key)
        + ",'Projection':"
        + projection
        + "}";
  }

  private static String locals(String... indexes) {
    return "'LocalSecondaryIndexes':[" + String.join(",", indexes) + "]," + ON_DEMAND;
  }

  private static String globals(String... indexes) {
    return "'GlobalSecondaryIndexes':[" + String.join(",", indexes) + "]," + ON_DEMAND;
  }

  private void refused(String body, String message) {
    refusals.invalid("CreateTable", body, message);
  }

  @Test
  void attributeDefinitions() {
    refused(table("a,a", "HASH a", ON_DEMAND), "Attribute Name is duplicated: a");
    refused(
        table("a", "HASH a,RANGE a", ON_DEMAND),
        "Invalid KeySchema: Some index key attribute have no definition");
    refused(
        table("a,b", "HASH a,RANGE a", ON_DEMAND),
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    refused(
        create(globals(index("idx", "HASH c", "{}"))),
        INVALID
            + "Some index key attributes are not defined in AttributeDefinitions. Keys: [c],"
            + " AttributeDefinitions: [a, b]");
    refused(
        table("a,b,c,d", "HASH a", globals(index("idx", "HASH c", "{}"))),
        INVALID
            + "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c, d], keys"
            + " used: [a, c]");
  }

  @Test
  void localIndexes() {
    refused(create(locals()), INVALID + "List of LocalSecondaryIndexes is empty");
    refused(
        table("a,b", "HASH a", locals(index("idx", "HASH a,RANGE b", ALL))),
        INVALID
            + "Table KeySchema does not have a range key, which is required when specifying a"
            + " LocalSecondaryIndex");
    refused(
        create(locals(index("idx", "HASH a", ALL))),
        INVALID + "Index KeySchema does not have a range key for index: idx");
    refused(
        create(locals(index("idx", "HASH b,RANGE a", ALL))),
        INVALID
            + "Index KeySchema does not have the same leading hash key as table KeySchema for"
            + " index: idx. index hash key: b, table hash key: a");
    refused(
        create(locals(index("idx", "HASH a,RANGE a", ALL))),
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    refused(
        create(locals(index("idx", "RANGE a", ALL))),
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    refused(
        create(locals(index("idx", "HASH a,HASH b", ALL))),
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    String[] six =
        IntStream.range(0, 6)
            .mapToObj(i -> index("idx" + i, "HASH a,RANGE b", ALL))
            .toArray(String[]::new);
    refused(
        create(locals(six)),
        INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of 5");
    refusals.invalidWith(
        "CreateTable",
        table("a,b,c", "HASH a,RANGE b", locals(index("idx", "HASH a,RANGE b,RANGE c", ALL))),
        "2");
  }

  @Test
  void globalIndexes() {
    refused(create(globals()), INVALID + "List of GlobalSecondaryIndexes is empty");
    refused(
        create(globals(index("idx", "RANGE a", ALL))),
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    refused(
        create(globals(index("idx", "HASH a,HASH a", ALL))),
        "The KeySchema contains multiple key attributes with the same name");
    refused(
        table("a,b,c", "HASH a", globals(index("idx", "HASH a,RANGE b,HASH c", ALL))),
        INVALID + "All HASH key attributes must precede RANGE key attributes in the KeySchema");
    refused(
        table(
            "a,b,c,d,e",
            "HASH a",
            globals(index("i5h", "HASH a,HASH b,HASH c,HASH d,HASH e", ALL))),
        INVALID + "The KeySchema exceeds the maximum allowed number of HASH key attributes");
    refused(
        table(
            "a,b,c,d,e,f",
            "HASH a",
            globals(index("i5r", "HASH a,RANGE b,RANGE c,RANGE d,RANGE e,RANGE f", ALL))),
        INVALID + "The KeySchema exceeds the maximum allowed number of RANGE key attributes");
    String[] many =
        IntStream.range(0, 21)
            .mapToObj(i -> index("idx" + i, "HASH a,RANGE b", ALL))
            .toArray(String[]::new);
    refused(
        create(globals(many)),
        INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20");
  }

  @Test
  void names() {
    String same = index("same", "HASH a,RANGE b", ALL);
    refused(create(globals(same, same)), INVALID + "Duplicate index name: same");
    refused(
        create("'LocalSecondaryIndexes':[" + same + "]," + globals(same)),
        INVALID + "Duplicate index name: same");
    refusals
        .invalidWith(
            "CreateTable",
            create(globals(index("ab", "HASH a,RANGE b", ALL))),
            "Member must have length greater than or equal to 3")
        .invalidWith(
            "CreateTable",
            create(globals(index("no spaces", "HASH a,RANGE b", ALL))),
            "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
  }

  @Test
  void projections() {
    for (String kind : new String[] {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
      refused(projection(kind, "{}"), INVALID + "Unknown ProjectionType: null");
      refused(
          projection(kind, "{'ProjectionType':'INCLUDE'}"),
          INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
      refused(
          projection(kind, "{'ProjectionType':'ALL','NonKeyAttributes':['x']}"),
          INVALID + "ProjectionType is ALL, but NonKeyAttributes is specified");
      refused(
          projection(kind, "{'ProjectionType':'KEYS_ONLY','NonKeyAttributes':['x']}"),
          INVALID + "ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified");
      refused(
          projection(kind, "{'ProjectionType':'INCLUDE','NonKeyAttributes':['x','x']}"),
          INVALID + "Duplicate element in NonKeyAttributes: x");
      refusals.invalidWith(
          "CreateTable",
          projection(kind, "{'ProjectionType':'INCLUDE','NonKeyAttributes':[]}"),
          "Member must have length greater than or equal to 1");
    }
    String[] six =
        IntStream.range(0, 6)
            .mapToObj(i -> index("idx" + i, "HASH a,RANGE b", include(i == 0 ? 1 : 20)))
            .toArray(String[]::new);
    refusals.invalidWith("CreateTable", create(globals(six)), "per-table limit of 100");
  }

  private static String projection(String kind, String projection) {
    return create(
        "'" + kind + "':[" + index("idx", "HASH a,RANGE b", projection) + "]," + ON_DEMAND);
  }

  private static String include(int attributes) {
    return "{'ProjectionType':'INCLUDE','NonKeyAttributes':["
        + IntStream.range(0, attributes)
            .mapToObj(i -> "'x" + i + "'")
            .collect(Collectors.joining(","))
        + "]}";
  }

  @Test
  void throughput() {
    String plain = index("idx", "HASH a,RANGE b", ALL);
    String with = plain.substring(0, plain.length() - 1);
    refused(
        create("'GlobalSecondaryIndexes':[" + plain + "]," + PROVISIONED),
        INVALID + "ProvisionedThroughput is not specified for index: idx");
    refused(
        create(globals(with + "," + PROVISIONED + "}")),
        INVALID
            + "ProvisionedThroughput should not be specified for index: idx when BillingMode is"
            + " PAY_PER_REQUEST");
    refused(
        create(globals(with + ",'OnDemandThroughput':{'MaxReadRequestUnits':0}}")),
        INVALID
            + "Requested MaxReadRequestUnits for OnDemandThroughput for index : idx is outside of"
            + " valid range");
    refused(
        create(globals(with + ",'WarmThroughput':{'WriteUnitsPerSecond':3999}}")),
        INVALID
            + "Requested WriteUnitsPerSecond for WarmThroughput for index idx is lower than"
            + " initial throughput for OnDemand");
  }

  @Test
  void streams() {
    refused(
        create("'StreamSpecification':{'StreamEnabled':true}," + ON_DEMAND),
        INVALID + "Table is being created with a stream enabled, UpdateViewType is required");
    refused(
        create(
            "'StreamSpecification':{'StreamEnabled':false,'StreamViewType':'NEW_IMAGE'},"
                + ON_DEMAND),
        INVALID
            + "Table is being created with a stream disabled, UpdateViewType should not be"
            + " specified");
  }
}
