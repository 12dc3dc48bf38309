package dev.partita.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.AttributeValue;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** JSON that is broken or of the wrong type. */
class JsonTypesTest {
  private static final String CAST =
      "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class"
          + " java.lang.Class (sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and"
          + " java.lang.Class are in module java.base of loader 'bootstrap')";
  private static final String OBJECT = "Start of structure or map found where not expected";

  private final ProtocolFixture protocol = new ProtocolFixture();

  private void cannotRead(String member, Map<String, String> messagesByValue) {
    messagesByValue.forEach((value, message) ->
        protocol.cannotRead("Scan", "{" + member.replace("?", value) + "}", message));
  }

  @Test
  void strings() {
    cannotRead(
        "'TableName':?",
        Map.of(
            "true", "TRUE_VALUE cannot be converted to String",
            "false", "FALSE_VALUE cannot be converted to String",
            "23", "NUMBER_VALUE cannot be converted to String",
            "34.56", "DECIMAL_VALUE cannot be converted to String",
            "[]", "Unrecognized collection type class java.lang.String",
            "{}", OBJECT));
  }

  @Test
  void numbersAndBooleans() {
    cannotRead(
        "'Limit':?",
        Map.of(
            "'23'", "STRING_VALUE cannot be converted to Integer",
            "true", "TRUE_VALUE cannot be converted to Integer",
            "2147483648", "NUMBER_VALUE cannot be converted to Integer",
            "1e99", "DECIMAL_VALUE cannot be converted to Integer",
            "[]", "Unrecognized collection type class java.lang.Integer",
            "{}", OBJECT));
    cannotRead(
        "'ConsistentRead':?",
        Map.of(
            "'23'", "Unexpected token received from parser",
            "23", "NUMBER_VALUE cannot be converted to Boolean",
            "[]", "Unrecognized collection type class java.lang.Boolean",
            "{}", OBJECT));
  }

  @Test
  void collections() {
    cannotRead(
        "'AttributesToGet':?",
        Map.of("'a'", "Unexpected field type", "1", "Unexpected field type", "{}", OBJECT));
    cannotRead(
        "'ScanFilter':?",
        Map.of(
            "'a'",
            "Unexpected field type",
            "[]",
            "Unrecognized collection type java.util.Map<java.lang.String,"
                + " com.amazonaws.dynamodb.v20120810.Condition>"));
    cannotRead(
        "'ScanFilter':{'a':?}",
        Map.of(
            "'a'",
            "Unexpected value type in payload",
            "[]",
            "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.Condition"));
    cannotRead(
        "'ExpressionAttributeNames':?",
        Map.of(
            "[]",
            "Unrecognized collection type java.util.Map<java.lang.String, java.lang.String>"));
    protocol.cannotRead("BatchGetItem", "{'RequestItems':{'abc':{'Keys':[1]}}}", CAST);
    protocol.cannotRead("BatchWriteItem", "{'RequestItems':{'abc':true}}", CAST);
    protocol.cannotRead(
        "BatchWriteItem",
        "{'RequestItems':[]}",
        "Unrecognized collection type java.util.Map<java.lang.String,"
            + " java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>>");
    protocol.cannotRead(
        "BatchWriteItem", "{'RequestItems':{'abc':[{'PutRequest':1}]}}", "Unexpected field type");
  }

  @Test
  void attributeValues() {
    cannotRead(
        "'ExclusiveStartKey':{'a':?}",
        Map.of(
            "'a'", "Unexpected value type in payload",
            "[]",
                "Unrecognized collection type class"
                    + " com.amazonaws.dynamodb.v20120810.AttributeValue",
            "{'S':1}", "NUMBER_VALUE cannot be converted to String",
            "{'N':1}", "NUMBER_VALUE cannot be converted to String",
            "{'B':1}", "only base-64-encoded strings are convertible to bytes",
            "{'B':[]}", "Unrecognized collection type class java.nio.ByteBuffer",
            "{'SS':'a'}", "Unexpected field type",
            "{'NS':[1]}", "NUMBER_VALUE cannot be converted to String",
            "{'M':{'x':{'L':[3]}}}", "Unexpected value type in payload",
            "{'L':{}}", OBJECT));
  }

  @Test
  void base64() {
    for (Map.Entry<String, String> entry :
        Map.of(
                "23456", "Base64 encoded length is expected a multiple of 4 bytes but found: 5",
                "=+/=", "Invalid last non-pad Base64 character dectected",
                "+/+=", "Invalid last non-pad Base64 character dectected",
                "YWJj??!!", "Invalid last non-pad Base64 character dectected",
                "YWJjZB==AAAA", "Invalid last non-pad Base64 character dectected",
                "====", "Invalid last non-pad Base64 character dectected")
            .entrySet()) {
      protocol.cannotRead(
          "PutItem",
          "{'TableName':'abc','Item':{'p':{'B':'" + entry.getKey() + "'}}}",
          entry.getValue());
    }
  }

  @Test
  void leniency() {
    ScanRequest scan =
        (ScanRequest)
            protocol.request(
                "Scan",
                "{'TableName':'abc','Limit':3.9,'ConsistentRead':'yes','IndexName':null,"
                    + "'Unknown':{'a':[[[1]]]}}");
    assertEquals(3, scan.limit());
    assertEquals(true, scan.consistentRead());
  }

  @Test
  void brokenJsonIsRefusedWithoutAMessage() {
    for (String broken :
        List.of(
            "",
            "null",
            "[]",
            "7",
            "'a'",
            "{",
            "{'TableName'",
            "{'TableName':'abc'",
            "}{",
            "{,}",
            "{'a':}",
            "{'TableName':'abc'}}",
            "{'TableName':'abc'}{}",
            "{3:{}}",
            "nonsense",
            "{'TableName':'abc',}",
            "{'TableName':NaN}")) {
      protocol.cannotRead("Scan", broken, "");
    }
    protocol.cannotRead("Scan", "{'a':".repeat(10_000), "");
    protocol.cannotRead("Scan", "[".repeat(200_000), "");
    protocol.cannotRead(
        "PutItem",
        "{'TableName':'abc','Item':{'a':" + "{'':".repeat(200_000) + "{}" + "}".repeat(200_002),
        "");
  }

  @Test
  void badUtf8IsRefused() {
    byte[] body = ProtocolFixture.json("{'TableName':'abc','Item':{'p':{'S':'12345678'}}}");
    int place = new String(body, StandardCharsets.UTF_8).indexOf("12345678");
    for (byte[] bad :
        new byte[][] {
          {(byte) 0xFF, 'd', 'o', 'g'},
          {(byte) 0xC0, (byte) 0x80}, // overlong
          {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // a surrogate
          {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond Unicode
          {(byte) 0xE2, (byte) 0x82} // cut off
        }) {
      byte[] copy = body.clone();
      System.arraycopy(bad, 0, copy, place, bad.length);
      assertEquals(
          "{\"__type\":\"com.amazon.coral.service#SerializationException\"}",
          ProtocolFixture.text(protocol.send("PutItem", copy)));
    }
    byte[] utf16 = "{\"TableName\":\"abc\"}".getBytes(StandardCharsets.UTF_16LE);
    assertEquals(400, protocol.send("Scan", utf16).status());
  }

  @Test
  void surrogatesComeInPairs() {
    protocol.cannotRead("PutItem", "{'TableName':'abc','Item':{'p':{'S':'a\\ud800'}}}", "");
    protocol.cannotRead("PutItem", "{'TableName':'abc','Item':{'\\uDC00':{'S':'a'}}}", "");
    PutItemRequest put =
        (PutItemRequest)
            protocol.request(
                "PutItem", "{'TableName':'abc','Item':{'p':{'S':'\\ud83d\\ude00 \\u00e9'}}}");
    assertEquals(new AttributeValue.StringValue("\uD83D\uDE00 é"), put.item().get("p"));
  }

  @Test
  void namesMayBeLong() {
    String name = "n".repeat(65_535);
    PutItemRequest put =
        (PutItemRequest)
            protocol.request("PutItem", "{'TableName':'abc','Item':{'" + name + "':{'S':'a'}}}");
    assertTrue(put.item().contains(name));
  }
}
