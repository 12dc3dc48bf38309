package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Requests and answers as HTTP: headers, framing, compression, and JSON that is none. */
@ExtendWith(SharedServer.class)
class HttpTest {
  private static final String REQUEST_ID = "x-amzn-requestid";

  private final Server server;
  private final RawClient client;

  HttpTest(Server server) {
    this.server = server;
    this.client = server.raw();
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static long crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  @Test
  void anAnswerCarriesItsHeaders() {
    RawClient.Answer one = client.post("ListTables", "{}");
    RawClient.Answer two = client.post("ListTables", "{'Limit':0}");
    assertEquals(200, one.status());
    assertEquals(400, two.status());
    for (RawClient.Answer answer : List.of(one, two)) {
      assertEquals("application/x-amz-json-1.0", answer.header("content-type").orElseThrow());
      assertTrue(answer.header(REQUEST_ID).orElseThrow().matches("[A-Z0-9]{52}"));
      assertEquals(
          Long.toString(crc32(answer.bytes())), answer.header("x-amz-crc32").orElseThrow());
      assertTrue(answer.header("server").isPresent());
      assertEquals(
          answer.bytes().length, Integer.parseInt(answer.header("content-length").orElseThrow()));
    }
    assertNotEquals(one.header(REQUEST_ID), two.header(REQUEST_ID));
    assertEquals(
        "com.amazon.coral.validate#ValidationException", two.json().text("__type").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "nonsense",
        "[]",
        "{'Limit':'five'}",
        "{'Limit':{}}",
        "{'Limit':1.5",
        "{'ExclusiveStartTableName':5}",
        "{'ExclusiveStartTableName':['abc']}",
        "{'Limit':1}}",
        "{'Limit':1,}",
        "{\"Limit\":1,'Limit'}"
      })
  void brokenJsonIsASerializationError(String body) {
    RawClient.Answer answer = client.post("ListTables", body);
    assertEquals(400, answer.status(), answer::text);
    assertEquals("SerializationException", answer.errorType());
    assertEquals(
        "com.amazon.coral.service#SerializationException",
        answer.json().text("__type").orElseThrow());
  }

  @Test
  void brokenBase64AndWrongTypesInValues() {
    String table = Tables.withPartitionKey(server.sdk());
    for (String value :
        List.of(
            "{'B':'not base64!'}",
            "{'B':'YQ'}",
            "{'S':5}",
            "{'N':5}",
            "{'L':{}}",
            "{'M':[]}",
            "{'SS':'a'}",
            "'text'")) {
      RawClient.Answer answer =
          client.post(
              "PutItem", "{'TableName':'" + table + "','Item':{'p':{'S':'x'},'v':" + value + "}}");
      assertEquals("SerializationException", answer.errorType(), value);
      assertEquals(400, answer.status());
    }
    assertEquals(0, server.sdk().scan(r -> r.tableName(table)).count());
  }

  @Test
  void unknownOperationsAndMissingTargets() {
    RawClient.Answer unknown = client.post("MakeCoffee", "{}");
    assertEquals(400, unknown.status());
    assertEquals("UnknownOperationException", unknown.errorType());
    RawClient.Answer other =
        client.send("ListTables", bytes("{}"), Map.of("X-Amz-Target", "Kinesis.ListStreams"));
    assertEquals("UnknownOperationException", other.errorType());
    RawClient.Answer none =
        client.send(
            HttpRequest.newBuilder(server.address())
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertEquals(400, none.status());
    assertEquals("UnknownOperationException", none.errorType());
  }

  @Test
  void getTellsThatAllIsWell() {
    RawClient.Answer answer = client.send(HttpRequest.newBuilder(server.address()).GET().build());
    assertEquals(200, answer.status());
    assertTrue(answer.text().startsWith("healthy: "), answer::text);
    RawClient.Answer elsewhere =
        client.send(
            HttpRequest.newBuilder(server.address().resolve("/elsewhere"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertEquals(404, elsewhere.status());
  }

  @Test
  void theRegionOfTheSignatureDoesNotMatter() {
    String table = Tables.withPartitionKey(server.sdk());
    for (String region : List.of("eu-west-1", "localhost", "ddblocal")) {
      try (DynamoDbClient elsewhere = SdkClients.of(server.address(), region)) {
        assertEquals(
            table, elsewhere.describeTable(r -> r.tableName(table)).table().tableName(), region);
      }
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static byte[] deflate(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  @Test
  void compressedRequests() throws IOException {
    byte[] body = bytes("{'ExclusiveStartTableName':'zzzzzzzz'}");
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(bytes("{'ExclusiveStart")));
    members.write(gzip(bytes("TableName':'zzzzzzzz'}")));
    byte[] twoMembers = members.toByteArray();
    assertEquals(
        "{\"TableNames\":[]}",
        client.send("ListTables", gzip(body), Map.of("Content-Encoding", "gzip")).text());
    assertEquals(
        "{\"TableNames\":[]}",
        client.send("ListTables", twoMembers, Map.of("Content-Encoding", "gzip")).text());
    assertEquals(
        "{\"TableNames\":[]}",
        client.send("ListTables", deflate(body), Map.of("Content-Encoding", "deflate")).text());
    assertEquals(500, client.send("ListTables", body, Map.of("Content-Encoding", "gzip")).status());
    assertEquals(
        500, client.send("ListTables", body, Map.of("Content-Encoding", "snappy")).status());
  }

  @Test
  void sixteenMegabytesCountAfterDecompression() throws IOException {
    byte[] bomb =
        gzip(("{\"x\":\"" + "y".repeat(17 << 20) + "\"}").getBytes(StandardCharsets.UTF_8));
    assertTrue(bomb.length < 100_000);
    RawClient.Answer answer = client.send("ListTables", bomb, Map.of("Content-Encoding", "gzip"));
    assertEquals(413, answer.status());
  }

  @Test
  void compressedAnswers() throws IOException {
    String table = Tables.withPartitionKey(server.sdk());
    server
        .sdk()
        .putItem(r ->
            r.tableName(table)
                .item(Values.item("p", Values.string("x"), "b", Values.bytes(10_000))));
    byte[] get = bytes("{'TableName':'" + table + "','Key':{'p':{'S':'x'}}}");
    RawClient.Answer plain = client.send("GetItem", get, Map.of());
    RawClient.Answer compressed = client.send("GetItem", get, Map.of("Accept-Encoding", "gzip"));
    assertFalse(plain.header("content-encoding").isPresent());
    assertEquals("gzip", compressed.header("content-encoding").orElseThrow());
    assertTrue(compressed.bytes().length < plain.bytes().length / 10);
    assertEquals(
        Long.toString(crc32(compressed.bytes())), compressed.header("x-amz-crc32").orElseThrow());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.bytes()))) {
      assertArrayEquals(plain.bytes(), in.readAllBytes());
    }
    RawClient.Answer small =
        client.send("ListTables", bytes("{'Limit':1}"), Map.of("Accept-Encoding", "gzip"));
    assertFalse(small.header("content-encoding").isPresent(), "small answers stay as they are");
  }

  @Test
  void chunkedRequestsAndPipelines() throws IOException {
    try (WireConnection connection = new WireConnection(server.address())) {
      connection.send(WireConnection.head("ListTables", "Transfer-Encoding: chunked"));
      connection.send("1\r\n{\r\n");
      connection.send("b;a=b\r\n\"Limit\" : 1\r\n1\r\n}\r\n0\r\n\r\n");
      assertEquals(200, connection.receive().status());
      StringBuilder pipeline = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        pipeline.append(WireConnection.request("ListTables", "{\"Limit\":" + (i % 2) + "}"));
      }
      connection.send(pipeline.toString());
      for (int i = 0; i < 50; i++) {
        assertEquals(i % 2 == 0 ? 400 : 200, connection.receive().status(), "answer " + i);
      }
    }
  }

  @Test
  void aRequestMayComeByteByByte() throws IOException {
    try (WireConnection connection = new WireConnection(server.address())) {
      for (byte one : WireConnection.request("ListTables", "{}").getBytes(StandardCharsets.UTF_8)) {
        connection.send(new byte[] {one});
      }
      assertEquals(200, connection.receive().status());
    }
  }

  @Test
  void nonsenseInPlaceOfHttpIsRefusedAndTheConnectionClosed() throws IOException {
    for (String nonsense :
        List.of(
            "HELLO\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nX: " + "y".repeat(20_000) + "\r\n\r\n")) {
      try (WireConnection connection = new WireConnection(server.address())) {
        connection.send(nonsense);
        assertEquals(400, connection.receive().status(), nonsense);
        assertTrue(connection.isClosedWithin(10_000), nonsense);
      }
    }
  }

  @Test
  void oldAndClosingClientsAreServed() throws IOException {
    try (WireConnection connection = new WireConnection(server.address())) {
      connection.send(WireConnection.request("ListTables", "{}").replace("HTTP/1.1", "HTTP/1.0"));
      assertEquals(200, connection.receive().status());
      assertTrue(connection.isClosedWithin(10_000));
    }
    try (WireConnection connection = new WireConnection(server.address())) {
      connection.send(
          WireConnection.request("ListTables", "{}")
              .replace("Host: localhost", "Host: localhost\r\nConnection: close"));
      assertEquals(200, connection.receive().status());
      assertTrue(connection.isClosedWithin(10_000));
    }
  }

  @Test
  void aBodyOverSixteenMegabytesIsRefused() throws IOException {
    try (WireConnection connection = new WireConnection(server.address())) {
      connection.send(WireConnection.head("PutItem", "Content-Length: " + ((16 << 20) + 1)));
      assertEquals(413, connection.receive().status());
    }
  }
}
