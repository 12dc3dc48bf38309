package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Every type of value comes back as it was sent; numbers in their one spelling. */
@ExtendWith(SharedServer.class)
class ValuesTest {
  private static final Map<String, AttributeValue> KEY = Values.item("p", Values.string("v"));

  private final Server server;
  private String table = "";

  ValuesTest(Server server) {
    this.server = server;
  }

  @BeforeEach
  void createTable() {
    table = Tables.withPartitionKey(server.sdk());
  }

  private AttributeValue roundTrip(AttributeValue value) {
    Map<String, AttributeValue> item = Values.item("p", Values.string("v"), "x", value);
    server.sdk().putItem(r -> r.tableName(table).item(item));
    return Values.of(
        server.sdk().getItem(r -> r.tableName(table).key(KEY).consistentRead(true)).item(), "x");
  }

  @Test
  void allTenTypesNestedAndEmpty() {
    AttributeValue binarySet =
        AttributeValue.fromBs(
            List.of(
                SdkBytes.fromByteArray(new byte[] {0, (byte) 255}),
                SdkBytes.fromByteArray(new byte[0])));
    List<AttributeValue> values =
        List.of(
            Values.string("text"),
            Values.string(""),
            Values.string("\u0000\u0001\"\\/\b\f\n\r\t\u007f\u2028 é 漢字 \ud83d\ude00"),
            Values.number("-12.5"),
            Values.binary(0, 1, 2, 255),
            Values.binary(),
            AttributeValue.fromBool(true),
            AttributeValue.fromBool(false),
            AttributeValue.fromNul(true),
            Values.list(),
            Values.map(),
            AttributeValue.fromSs(List.of("one")),
            AttributeValue.fromSs(List.of("")),
            AttributeValue.fromNs(List.of("7")),
            Values.list(
                Values.string("a"), Values.list(Values.map("k", Values.list(Values.number(1))))),
            Values.map("a.b[0]", Values.map(), " ", Values.string("odd names")));
    for (AttributeValue value : values) {
      assertEquals(value, roundTrip(value));
    }
    AttributeValue bytes = roundTrip(binarySet);
    assertEquals(2, bytes.bs().size());
    assertTrue(bytes.bs().containsAll(binarySet.bs()));
    AttributeValue texts = roundTrip(AttributeValue.fromSs(List.of("c", "a", "b")));
    assertEquals(List.of("a", "b", "c"), texts.ss().stream().sorted().toList());
    AttributeValue numbers = roundTrip(AttributeValue.fromNs(List.of("3", "-1", "1e2")));
    assertEquals(List.of("-1", "100", "3"), numbers.ns().stream().sorted().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "0.000, 0",
    "0e100, 0",
    "1, 1",
    "+3, 3",
    "007, 7",
    "1.50, 1.5",
    ".5, 0.5",
    "-.5, -0.5",
    "1e3, 1000",
    "1E-3, 0.001",
    "123456789.123456789, 123456789.123456789",
    "12345678901234567890123456789012345678, 12345678901234567890123456789012345678",
    "0.12345678901234567890123456789012345678, 0.12345678901234567890123456789012345678"
  })
  void numbersHaveOneSpelling(String sent, String stored) {
    assertEquals(stored, roundTrip(Values.number(sent)).n());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9.9999999999999999999999999999999999999E+125",
        "-9.9999999999999999999999999999999999999E+125",
        "1E-130",
        "-1E-130",
        "1E+125"
      })
  void numbersAtTheEdgesKeepTheirValue(String number) {
    assertEquals(
        0, new BigDecimal(number).compareTo(new BigDecimal(roundTrip(Values.number(number)).n())));
  }

  @ParameterizedTest
  @CsvSource({
    "1E+126, Number overflow. Attempting to store a number with magnitude larger than supported"
        + " range",
    "-1E+126, Number overflow. Attempting to store a number with magnitude larger than supported"
        + " range",
    "1E-131, Number underflow. Attempting to store a number with magnitude smaller than supported"
        + " range",
    "123456789012345678901234567890123456789, Attempting to store more than 38 significant digits"
        + " in a Number",
    "'1 ', 'The parameter cannot be converted to a numeric value: 1 '",
    "NaN, The parameter cannot be converted to a numeric value: NaN",
    "Infinity, The parameter cannot be converted to a numeric value: Infinity",
    "0x10, The parameter cannot be converted to a numeric value: 0x10",
    "1.2.3, The parameter cannot be converted to a numeric value: 1.2.3",
    "1e, The parameter cannot be converted to a numeric value: 1e"
  })
  void otherNumbersAreRefused(String number, String message) {
    DynamoDbException refused =
        assertThrows(DynamoDbException.class, () -> roundTrip(Values.number(number)));
    assertEquals("ValidationException", refused.awsErrorDetails().errorCode());
    assertTrue(
        refused.awsErrorDetails().errorMessage().endsWith(message),
        refused.awsErrorDetails().errorMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {31, 32})
  void documentsAreAtMostThirtyTwoLevelsDeep(int wraps) {
    AttributeValue value = Values.string("leaf");
    for (int i = 0; i < wraps; i++) {
      value = i % 2 == 0 ? Values.map("n", value) : Values.list(value);
    }
    AttributeValue deep = value;
    if (wraps == 31) {
      assertEquals(deep, roundTrip(deep));
    } else {
      DynamoDbException refused = assertThrows(DynamoDbException.class, () -> roundTrip(deep));
      assertTrue(
          refused
              .awsErrorDetails()
              .errorMessage()
              .endsWith(
                  "Nesting Levels have exceeded supported limits: Attributes in the item have"
                      + " nested levels beyond supported limit"),
          refused.awsErrorDetails().errorMessage());
    }
  }

  @Test
  void anItemIsAtMostFourHundredKilobytes() {
    // p + v + x are three bytes.
    assertEquals(409_597, roundTrip(Values.bytes(409_600 - 3)).s().length());
    DynamoDbException tooLarge =
        assertThrows(DynamoDbException.class, () -> roundTrip(Values.bytes(409_600 - 2)));
    assertEquals(
        "Item size has exceeded the maximum allowed size",
        tooLarge.awsErrorDetails().errorMessage());
    DynamoDbException grown =
        assertThrows(
            DynamoDbException.class,
            () ->
                server
                    .sdk()
                    .updateItem(r ->
                        r.tableName(table)
                            .key(KEY)
                            .updateExpression("SET y = :y")
                            .expressionAttributeValues(Map.of(":y", Values.bytes(20_000)))));
    assertEquals(
        "Item size to update has exceeded the maximum allowed size",
        grown.awsErrorDetails().errorMessage());
  }

  @Test
  void unusualJsonOfEqualValueIsTakenAsSuch() {
    RawClient.Answer put =
        server
            .raw()
            .post(
                "PutItem",
                "{'TableName':'%s','Item':{'p':{'S':'\\u0076'},'x':{'N':'1'},'y':{'L':[ ]}}}"
                    .formatted(table));
    assertEquals(200, put.status(), put::text);
    assertEquals(
        Json.parse("{\"Item\":{\"p\":{\"S\":\"v\"},\"x\":{\"N\":\"1\"},\"y\":{\"L\":[]}}}"),
        server.raw().post("GetItem", "{'Key':{'p':{'S':'v'}},'TableName':'" + table + "'}").json());
  }
}
