package dev.partita.conformance;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What PutItem, GetItem, UpdateItem and DeleteItem refuse beside their expressions. */
@ExtendWith(SharedServer.class)
class ItemErrorsTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_MATCHING = "The provided key element does not match the schema";
  private static final String EMPTY_KEY =
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot"
          + " contain an empty string value. Key: p";

  private final Server server;
  private Refusals refusals;

  ItemErrorsTest(Server server) {
    this.server = server;
    this.refusals = new Refusals(server.raw(), "");
  }

  @BeforeEach
  void createTable() {
    refusals = new Refusals(server.raw(), Tables.withSortKey(server.sdk()));
  }

  @AfterEach
  void verify() {
    refusals.verify();
  }

  private static String put(String attributes) {
    return "{'TableName':'@T','Item':{" + attributes + "}}";
  }

  private static String key(String attributes) {
    return "{'TableName':'@T','Key':{" + attributes + "}}";
  }

  @Test
  void namesOfTables() {
    String key = "'Key':{'p':{'S':'x'},'s':{'N':'1'}}";
    for (String operation : new String[] {"GetItem", "UpdateItem", "DeleteItem"}) {
      refusals
          .error(
              operation,
              "{'TableName':'unknown-table'," + key + "}",
              "400 ResourceNotFoundException: Requested resource not found")
          .counted(
              operation,
              "{" + key + "}",
              "Value null at 'tableName' failed to satisfy constraint: Member must not be null")
          .counted(
              operation,
              "{'TableName':'bad table!@#'," + key + "}",
              "Value 'bad table!@#' at 'tableName' failed to satisfy constraint: Member must"
                  + " satisfy regular expression pattern: [a-zA-Z0-9_.-]+")
          .counted(
              operation,
              "{'TableName':'" + "a".repeat(256) + "'," + key + "}",
              "Value '"
                  + "a".repeat(256)
                  + "' at 'tableName' failed to satisfy constraint: Member must have length less"
                  + " than or equal to 255");
    }
    refusals.error(
        "PutItem",
        "{'TableName':'unknown-table','Item':{'p':{'S':'x'}}}",
        "400 ResourceNotFoundException: Requested resource not found");
  }

  @Test
  void constraintsOfTheModelAreCountedTogether() {
    refusals
        .counted(
            "PutItem",
            "{'TableName':'@T'}",
            "Value null at 'item' failed to satisfy constraint: Member must not be null")
        .counted(
            "GetItem",
            "{'TableName':'@T'}",
            "Value null at 'key' failed to satisfy constraint: Member must not be null")
        .invalidWith(
            "PutItem",
            "{'TableName':'@T','Item':{},'ReturnConsumedCapacity':'SOME','ReturnValues':'MANY'}",
            "2 validation errors detected: ")
        .invalidWith(
            "PutItem",
            "{'TableName':'@T','Item':{},'ReturnConsumedCapacity':'SOME','ReturnValues':'MANY'}",
            "Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: Member must"
                + " satisfy enum value set: [INDEXES, TOTAL, NONE]");
  }

  @Test
  void keysOfItems() {
    refusals
        .invalid("PutItem", put("'s':{'N':'1'}"), INVALID + "Missing the key p in the item")
        .invalid("PutItem", put("'p':{'S':'1'}"), INVALID + "Missing the key s in the item")
        .invalid(
            "PutItem",
            put("'p':{'N':'1'},'s':{'N':'1'}"),
            INVALID + "Type mismatch for key p expected: S actual: N")
        .invalid(
            "PutItem",
            put("'p':{'S':'x'},'s':{'S':'1'}"),
            INVALID + "Type mismatch for key s expected: N actual: S")
        .invalid("PutItem", put("'p':{'S':''},'s':{'N':'1'}"), EMPTY_KEY)
        .invalid(
            "PutItem",
            put("'p':{'S':'" + "k".repeat(2049) + "'},'s':{'N':'1'}"),
            INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
  }

  @Test
  void keysOfReadsUpdatesAndDeletes() {
    for (String operation : new String[] {"GetItem", "UpdateItem", "DeleteItem"}) {
      refusals
          .invalid(operation, key("'p':{'S':'x'}"), NOT_MATCHING)
          .invalid(operation, key(""), NOT_MATCHING)
          .invalid(operation, key("'p':{'S':'x'},'s':{'N':'1'},'a':{'S':'x'}"), NOT_MATCHING)
          .invalid(operation, key("'p':{'S':'x'},'s':{'S':'1'}"), NOT_MATCHING)
          .invalid(operation, key("'p':{'S':''},'s':{'N':'1'}"), EMPTY_KEY);
    }
  }

  @Test
  void attributeValues() {
    String key = "'p':{'S':'x'},'s':{'N':'1'},'a':";
    refusals
        .counted("PutItem", put(key + "{'SS':[]}"), INVALID + "An string set  may not be empty")
        .counted("PutItem", put(key + "{'NS':[]}"), INVALID + "An number set  may not be empty")
        .counted("PutItem", put(key + "{'BS':[]}"), INVALID + "Binary sets should not be empty")
        .counted(
            "PutItem",
            put(key + "{'NULL':false}"),
            INVALID + "Null attribute value types must have the value of true")
        .invalidWith("PutItem", put(key + "{'SS':['a','b','a']}"), "contains duplicates")
        .invalidWith("PutItem", put(key + "{'NS':['1','1.0']}"), "contains duplicates")
        .invalidWith(
            "PutItem", put(key + "{'BS':['YQ==','YQ==']}"), "of type BS contains duplicates")
        .invalidWith(
            "PutItem",
            put(key + "{}"),
            "Supplied AttributeValue is empty, must contain exactly one of the supported"
                + " datatypes")
        .invalidWith(
            "PutItem",
            put(key + "{'S':'x','N':'1'}"),
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of"
                + " the supported datatypes")
        .invalidWith(
            "PutItem",
            put(key + "{'N':''}"),
            "The parameter cannot be converted to a numeric value")
        .counted(
            "PutItem",
            put(key + "{'L':[{'M':{'b':{'SS':[]}}}]}"),
            INVALID + "An string set  may not be empty");
  }

  @Test
  void returnValues() {
    String key = "'p':{'S':'x'},'s':{'N':'1'}";
    for (String value : new String[] {"ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"}) {
      String member = "'ReturnValues':'" + value + "'";
      refusals
          .counted(
              "PutItem",
              "{'TableName':'@T','Item':{" + key + "}," + member + "}",
              "ReturnValues can only be ALL_OLD or NONE")
          .counted(
              "DeleteItem",
              "{'TableName':'@T','Key':{" + key + "}," + member + "}",
              "ReturnValues can only be ALL_OLD or NONE");
    }
  }

  @Test
  void legacyParameters() {
    String delete = "{'TableName':'@T','Key':{'p':{'S':'x'},'s':{'N':'1'}},'Expected':{'a':";
    refusals
        .counted(
            "DeleteItem",
            delete + "{'Exists':true}}}",
            INVALID + "Value must be provided when Exists is true for Attribute: a")
        .counted(
            "DeleteItem",
            delete + "{'Exists':false,'Value':{'S':'x'}}}}",
            INVALID + "Value cannot be used when Exists is false for Attribute: a")
        .counted(
            "DeleteItem",
            delete + "{'ComparisonOperator':'EQ'}}}",
            INVALID
                + "Value or AttributeValueList must be used with ComparisonOperator: EQ for"
                + " Attribute: a")
        .counted(
            "DeleteItem",
            delete + "{'ComparisonOperator':'BETWEEN','AttributeValueList':[{'S':'x'}]}}}",
            INVALID + "Invalid number of argument(s) for the BETWEEN ComparisonOperator")
        .counted(
            "DeleteItem",
            delete + "{'Exists':false}},'ConditionExpression':'attribute_exists(b)'}",
            "Can not use both expression and non-expression parameters in the same request:"
                + " Non-expression parameters: {Expected} Expression parameters:"
                + " {ConditionExpression}")
        .counted(
            "UpdateItem",
            "{'TableName':'@T','Key':{'p':{'S':'x'},'s':{'N':'1'}},'UpdateExpression':'REMOVE a',"
                + "'AttributeUpdates':{'a':{'Action':'DELETE'}}}",
            "Can not use both expression and non-expression parameters in the same request:"
                + " Non-expression parameters: {AttributeUpdates} Expression parameters:"
                + " {UpdateExpression}")
        .invalidWith(
            "UpdateItem",
            "{'TableName':'@T','Key':{'p':{'S':'x'},'s':{'N':'1'}},"
                + "'AttributeUpdates':{'p':{'Action':'PUT','Value':{'S':'y'}}}}",
            INVALID + "Cannot update attribute p. This attribute is part of the key");
  }

  @Test
  void nothingIsWrittenByARefusedRequest() {
    refusals.counted(
        "PutItem",
        put("'p':{'S':'x'},'s':{'N':'1'},'a':{'SS':[]}"),
        INVALID + "An string set  may not be empty");
    refusals.error("GetItem", key("'p':{'S':'x'},'s':{'N':'1'}"), "200 : ");
  }
}
