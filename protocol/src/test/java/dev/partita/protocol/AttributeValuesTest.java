package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partita.base.Bytes;
import dev.partita.model.AttributeValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.PutItemResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** DynamoDB's rules for attribute values, wherever they stand. */
class AttributeValuesTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String COUNTED = "1 validation error detected: ";
  private static final String EMPTY =
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  private static final String SEVERAL =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";
  private static final String TOO_DEEP =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
          + " beyond supported limit";

  private static final Map<String, String> BARE =
      Map.ofEntries(
          Map.entry("{}", EMPTY),
          Map.entry("null", EMPTY),
          Map.entry("{'a':''}", EMPTY),
          Map.entry("{'S':null}", EMPTY),
          Map.entry("{'M':{'a':{}}}", EMPTY),
          Map.entry("{'L':[{}]}", EMPTY),
          Map.entry("{'L':[null]}", EMPTY),
          Map.entry("{'S':'a','N':'1'}", SEVERAL));

  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("{'S':'','N':''}", "The parameter cannot be converted to a numeric value"),
          Map.entry("{'S':'a','N':'b'}", "The parameter cannot be converted to a numeric value: b"),
          Map.entry("{'NS':['1','b']}", "The parameter cannot be converted to a numeric value: b"),
          Map.entry("{'N':'NaN'}", "The parameter cannot be converted to a numeric value: NaN"),
          Map.entry(
              "{'N':'123456789012345678901234567890123456789'}",
              "Attempting to store more than 38 significant digits in a Number"),
          Map.entry(
              "{'N':'1e126'}",
              "Number overflow. Attempting to store a number with magnitude larger than supported"
                  + " range"),
          Map.entry(
              "{'N':'-1e-131'}",
              "Number underflow. Attempting to store a number with magnitude smaller than supported"
                  + " range"));

  private static final Map<String, String> COUNTED_ONES =
      Map.of(
          "{'NULL':false}", INVALID + "Null attribute value types must have the value of true",
          "{'NULL':'no'}", INVALID + "Null attribute value types must have the value of true",
          "{'SS':[]}", INVALID + "An string set  may not be empty",
          "{'NS':[]}", INVALID + "An number set  may not be empty",
          "{'BS':[]}", INVALID + "Binary sets should not be empty",
          "{'SS':['a','a']}", INVALID + "Input collection [a, a] contains duplicates.",
          "{'BS':['Yg==','Yg==']}",
              INVALID + "Input collection [Yg==, Yg==]of type BS contains duplicates.",
          "{'NS':['1','1.0']}", "Input collection contains duplicates",
          "{'M':{'a':{'L':[{'SS':[]}]}}}", INVALID + "An string set  may not be empty");

  private final ProtocolFixture protocol = new ProtocolFixture();

  @Test
  void inItemsAndKeys() {
    BARE.forEach((value, message) -> {
      refuses("PutItem", "'Item':{'a':" + value + "}", message);
      refuses("UpdateItem", "'Key':{'a':" + value + "}", message);
      refuses("GetItem", "'Key':{'a':" + value + "}", message);
    });
    NUMBERS.forEach((value, message) -> {
      refuses("PutItem", "'Item':{'a':" + value + "}", COUNTED + message);
      refuses("UpdateItem", "'Key':{'a':" + value + "}", COUNTED + message);
      refuses("GetItem", "'Key':{'a':" + value + "}", message);
    });
    COUNTED_ONES.forEach((value, message) -> {
      refuses("PutItem", "'Item':{'a':" + value + "}", COUNTED + message);
      refuses("DeleteItem", "'Key':{'a':" + value + "}", COUNTED + message);
      refuses("GetItem", "'Key':{'a':" + value + "}", message);
    });
  }

  @Test
  void inBatches() {
    BARE.forEach((value, message) -> {
      protocol.refuses(
          "BatchWriteItem",
          "{'RequestItems':{'abc':[{'PutRequest':{'Item':{'a':" + value + "}}}]}}",
          message);
      protocol.refuses(
          "BatchGetItem", "{'RequestItems':{'abc':{'Keys':[{'a':" + value + "}]}}}", message);
    });
    NUMBERS.forEach((value, message) ->
        protocol.refuses(
            "BatchGetItem", "{'RequestItems':{'abc':{'Keys':[{'a':" + value + "}]}}}", message));
    COUNTED_ONES.forEach((value, message) ->
        protocol.refuses(
            "BatchWriteItem",
            "{'RequestItems':{'abc':[{'DeleteRequest':{'Key':{'a':" + value + "}}}]}}",
            message));
  }

  @Test
  void inExpressionAttributeValues() {
    String scan = "'FilterExpression':'a = :v','ExpressionAttributeValues':{':v':";
    BARE.forEach((value, message) ->
        refuses(
            "Scan",
            scan + value + "}",
            "ExpressionAttributeValues contains invalid value: " + message + " for key :v"));
    String update =
        "'Key':{'p':{'S':'x'}},'UpdateExpression':'SET a = :v','ExpressionAttributeValues':{':v':";
    NUMBERS.forEach((value, message) -> {
      refuses("Scan", scan + value + "}", message);
      refuses("UpdateItem", update + value + "}", COUNTED + message);
    });
    refuses(
        "UpdateItem",
        update + "{'SS':[]}}",
        COUNTED
            + "ExpressionAttributeValues contains invalid value: "
            + INVALID
            + "An string set  may not be empty for key :v");
    refuses(
        "UpdateItem",
        update + "{'NULL':false}}",
        COUNTED + INVALID + "Null attribute value types must have the value of true");
    refuses("UpdateItem", update + nested(32) + "}", TOO_DEEP);
  }

  @Test
  void inLegacyParameters() {
    refuses(
        "Scan", "'ScanFilter':{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{}]}}", EMPTY);
    refuses("PutItem", "'Item':{},'Expected':{'a':{'Value':{}}}", EMPTY);
    refuses("UpdateItem", "'Key':{},'AttributeUpdates':{'a':{'Value':{}}}", EMPTY);
    refuses(
        "Query",
        "'KeyConditions':{'a':{'ComparisonOperator':'EQ','AttributeValueList':[{'N':'x'}]}}",
        "The parameter cannot be converted to a numeric value: x");
    refuses(
        "Query",
        "'KeyConditionExpression':'a = :a','ExclusiveStartKey':{'a':{}}",
        "The provided starting key is invalid: " + EMPTY);
    refuses(
        "Scan",
        "'ExclusiveStartKey':{'a':{'N':'x'}}",
        "The parameter cannot be converted to a numeric value: x");
  }

  @Test
  void namesAreOneTo65535Bytes() {
    refuses("PutItem", "'Item':{'':{'S':'x'}}", INVALID + "Empty attribute name");
    refuses("PutItem", "'Item':{'a':{'M':{'':{'S':'x'}}}}", INVALID + "Empty attribute name");
    refuses("UpdateItem", "'Key':{},'AttributeUpdates':{'':{}}", INVALID + "Empty attribute name");
    refuses("GetItem", "'Key':{},'AttributesToGet':['']", INVALID + "Empty attribute name");
    String tooLong = INVALID + "Attribute name is too large, must be less than 65536 bytes";
    refuses("PutItem", "'Item':{'" + "n".repeat(65_536) + "':{'S':'x'}}", tooLong);
    refuses("PutItem", "'Item':{'" + "é".repeat(32_768) + "':{'S':'x'}}", tooLong);
    refuses("GetItem", "'Key':{},'AttributesToGet':['" + "n".repeat(65_536) + "']", tooLong);
  }

  @Test
  void thirtyTwoLevels() {
    protocol.request("PutItem", "{'TableName':'abc','Item':{'a':" + nested(31) + "}}");
    refuses("PutItem", "'Item':{'a':" + nested(32) + "}", TOO_DEEP);
    refuses("PutItem", "'Item':{'a':" + nested(300) + "}", TOO_DEEP);
    refuses(
        "PutItem",
        "'Item':{'a':" + "{'L':[".repeat(32) + "{'S':'x'}" + "]}".repeat(32) + "}",
        TOO_DEEP);
  }

  @Test
  void everyTypeIsReadAndWritten() {
    String item =
        "{'s':{'S':'a\\u0007\\\\\\'\\n\\u00e9'},'n':{'N':'-12.5'},'b':{'B':'AAEC'},"
            + "'t':{'BOOL':true},'f':{'BOOL':false},'z':{'NULL':true},"
            + "'l':{'L':[{'S':'x'},{'L':[]},{'N':'1'}]},'m':{'M':{'k':{'M':{}},'j':{'S':''}}},"
            + "'ss':{'SS':['a','b']},'ns':{'NS':['1','2.5']},'bs':{'BS':['AQ==','AQI=']}}";
    PutItemRequest put =
        (PutItemRequest) protocol.request("PutItem", "{'TableName':'abc','Item':" + item + "}");
    assertEquals(
        Map.ofEntries(
            Map.entry("s", new AttributeValue.StringValue("a\u0007\\\"\né")),
            Map.entry("n", new AttributeValue.NumberValue(DecimalNumber.parse("-12.5"))),
            Map.entry("b", new AttributeValue.BinaryValue(Bytes.wrap(new byte[] {0, 1, 2}))),
            Map.entry("t", AttributeValue.BooleanValue.TRUE),
            Map.entry("f", AttributeValue.BooleanValue.FALSE),
            Map.entry("z", AttributeValue.NullValue.NULL),
            Map.entry(
                "l",
                new AttributeValue.ListValue(
                    List.of(
                        new AttributeValue.StringValue("x"),
                        new AttributeValue.ListValue(List.of()),
                        new AttributeValue.NumberValue(DecimalNumber.of(1))))),
            Map.entry(
                "m",
                new AttributeValue.MapValue(
                    Map.of(
                        "k",
                        new AttributeValue.MapValue(Map.of()),
                        "j",
                        new AttributeValue.StringValue("")))),
            Map.entry("ss", new AttributeValue.StringSetValue(Set.of("a", "b"))),
            Map.entry(
                "ns",
                new AttributeValue.NumberSetValue(
                    Set.of(DecimalNumber.of(1), DecimalNumber.parse("2.5")))),
            Map.entry(
                "bs",
                new AttributeValue.BinarySetValue(
                    Set.of(Bytes.wrap(new byte[] {1}), Bytes.wrap(new byte[] {1, 2}))))),
        put.item().attributes());

    String expected =
        "{\"Attributes\":"
            + item.replace("\\'", "\0")
                .replace('\'', '"')
                .replace("\0", "\\\"")
                .replace("\\u00e9", "é")
            + "}";
    protocol.database.answer(new PutItemResponse(put.item(), null));
    assertEquals(expected, protocol.answer("PutItem", "{'TableName':'abc','Item':{}}"));
    Item encoded = Item.ofEncoded(put.item().encoded());
    protocol.database.answer(new PutItemResponse(encoded, null));
    assertEquals(
        expected.getBytes(StandardCharsets.UTF_8).length,
        protocol
            .send("PutItem", ProtocolFixture.json("{'TableName':'abc','Item':{}}"))
            .body()
            .length);
  }

  private static String nested(int maps) {
    return "{'M':{'n':".repeat(maps) + "{'S':'leaf'}" + "}}".repeat(maps);
  }

  private void refuses(String operation, String members, String message) {
    protocol.refuses(operation, "{'TableName':'abc'," + members + "}", message);
  }
}
