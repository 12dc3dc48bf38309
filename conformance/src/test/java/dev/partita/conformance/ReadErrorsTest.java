package dev.partita.conformance;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Query, Scan and the batches refuse. */
@ExtendWith(SharedServer.class)
class ReadErrorsTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String VALUES = "'ExpressionAttributeValues':{':p':{'S':'x'}}";

  private final Server server;
  private Refusals refusals;

  ReadErrorsTest(Server server) {
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

  private static String query(String members) {
    return "{'TableName':'@T'," + members + "}";
  }

  private static String byKey(String members) {
    return query("'KeyConditionExpression':'p = :p'," + VALUES + "," + members);
  }

  @Test
  void keyConditions() {
    refusals
        .invalid(
            "Query",
            "{'TableName':'@T'}",
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
                + " request.")
        .invalid(
            "Query",
            query("'KeyConditionExpression':'s = :s','ExpressionAttributeValues':{':s':{'N':'1'}}"),
            "Query condition missed key schema element: p")
        .invalid(
            "Query",
            query("'KeyConditionExpression':'p > :p'," + VALUES),
            "Query key condition not supported")
        .invalid(
            "Query",
            query("'KeyConditionExpression':'p = :p','ExpressionAttributeValues':{':p':{'N':'1'}}"),
            INVALID + "Condition parameter type does not match schema type")
        .invalidWith(
            "Query",
            query("'KeyConditionExpression':'p = :p OR p = :p'," + VALUES),
            "Invalid operator used in KeyConditionExpression: OR")
        .invalid(
            "Query",
            byKey("'FilterExpression':'attribute_exists(s)'"),
            "Filter Expression can only contain non-primary key attributes: Primary key attribute:"
                + " s")
        .invalidWith(
            "Query",
            byKey("'QueryFilter':{'a':{'ComparisonOperator':'NULL'}}"),
            "Can not use both expression and non-expression parameters in the same request:"
                + " Non-expression parameters: {QueryFilter} Expression parameters:"
                + " {KeyConditionExpression}");
  }

  @Test
  void startKeysAndLimits() {
    refusals
        .invalid(
            "Query",
            byKey("'ExclusiveStartKey':{'p':{'S':'x'}}"),
            "The provided starting key is invalid")
        .invalid(
            "Query",
            byKey("'ExclusiveStartKey':{'p':{'S':'y'},'s':{'N':'1'}}"),
            "The provided starting key is outside query boundaries based on provided conditions")
        .invalidWith(
            "Scan",
            query("'ExclusiveStartKey':{'p':{'S':'x'}}"),
            "The provided starting key is invalid")
        .invalidWith("Query", byKey("'Limit':0"), "imit")
        .invalidWith("Scan", query("'Limit':0"), "imit")
        .invalidWith("Query", byKey("'Select':'SOME'"), "'select'")
        .invalidWith("Query", byKey("'IndexName':'unknown'"), "does not have the specified index")
        .invalidWith("Scan", query("'IndexName':'unknown'"), "does not have the specified index")
        .error(
            "Scan",
            "{'TableName':'unknown-table'}",
            "400 ResourceNotFoundException: Requested resource not found")
        .error(
            "Query",
            "{'TableName':'unknown-table','KeyConditionExpression':'p = :p'," + VALUES + "}",
            "400 ResourceNotFoundException: Requested resource not found");
  }

  @Test
  void segments() {
    refusals
        .invalid(
            "Scan",
            query("'Segment':0"),
            "The TotalSegments parameter is required but was not present in the request when"
                + " Segment parameter is present")
        .invalid(
            "Scan",
            query("'TotalSegments':2"),
            "The Segment parameter is required but was not present in the request when parameter"
                + " TotalSegments is present")
        .invalid(
            "Scan",
            query("'Segment':3,'TotalSegments':3"),
            "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
                + " Segment: 3 is not less than TotalSegments: 3")
        .invalidWith("Scan", query("'Segment':-1,'TotalSegments':3"), "'segment'")
        .invalidWith("Scan", query("'Segment':0,'TotalSegments':1000001"), "'totalSegments'");
  }

  @Test
  void batchesOfGets() {
    StringBuilder keys = new StringBuilder("{'p':{'S':'x'},'s':{'N':'0'}}");
    for (int i = 1; i <= 100; i++) {
      keys.append(",{'p':{'S':'x'},'s':{'N':'").append(i).append("'}}");
    }
    String key = "{'p':{'S':'x'},'s':{'N':'1'}}";
    refusals
        .invalid(
            "BatchGetItem",
            "{'RequestItems':{'@T':{'Keys':[" + key + "," + key.replace("'1'", "'1.0'") + "]}}}",
            "Provided list of item keys contains duplicates")
        .invalidWith(
            "BatchGetItem",
            "{'RequestItems':{'@T':{'Keys':[" + keys + "]}}}",
            "Member must have length less than or equal to 100")
        .invalidWith(
            "BatchGetItem",
            "{'RequestItems':{'@T':{'Keys':[]}}}",
            "Member must have length greater than or equal to 1")
        .invalidWith("BatchGetItem", "{'RequestItems':{}}", "equestItems")
        .error(
            "BatchGetItem",
            "{'RequestItems':{'unknown-table':{'Keys':[" + key + "]}}}",
            "400 ResourceNotFoundException: Requested resource not found")
        .invalid(
            "BatchGetItem",
            "{'RequestItems':{'@T':{'Keys':[{'p':{'S':'x'}}]}}}",
            "The provided key element does not match the schema");
  }

  @Test
  void batchesOfWrites() {
    String key = "{'p':{'S':'x'},'s':{'N':'1'}}";
    StringBuilder puts = new StringBuilder();
    for (int i = 0; i < 26; i++) {
      puts.append(i == 0 ? "" : ",")
          .append("{'PutRequest':{'Item':{'p':{'S':'x'},'s':{'N':'")
          .append(i)
          .append("'}}}}");
    }
    refusals
        .invalid(
            "BatchWriteItem",
            "{'RequestItems':{'@T':[{'PutRequest':{'Item':"
                + key
                + "}},{'DeleteRequest':{'Key':"
                + key
                + "}}]}}",
            "Provided list of item keys contains duplicates")
        .invalidWith(
            "BatchWriteItem",
            "{'RequestItems':{'@T':[" + puts + "]}}",
            "Member must have length less than or equal to 25")
        .invalidWith(
            "BatchWriteItem",
            "{'RequestItems':{'@T':[]}}",
            "Member must have length greater than or equal to 1")
        .error(
            "BatchWriteItem",
            "{'RequestItems':{'unknown-table':[{'DeleteRequest':{'Key':" + key + "}}]}}",
            "400 ResourceNotFoundException: Requested resource not found")
        .invalid(
            "BatchWriteItem",
            "{'RequestItems':{'@T':[{'PutRequest':{'Item':{'p':{'N':'5'},'s':{'N':'1'}}}}]}}",
            "The provided key element does not match the schema")
        .invalid(
            "BatchWriteItem",
            "{'RequestItems':{'@T':[{'PutRequest':{'Item':{'p':{'S':'x'}}}}]}}",
            "The provided key element does not match the schema")
        .invalid(
            "BatchWriteItem",
            "{'RequestItems':{'@T':[{'PutRequest':{'Item':"
                + key.replace("}}", "},'b':{'S':'" + "b".repeat(409_600) + "'}}")
                + "}}]}}",
            "Item size has exceeded the maximum allowed size")
        .invalidWith("BatchWriteItem", "{'RequestItems':{'@T':[{}]}}", "");
  }
}
