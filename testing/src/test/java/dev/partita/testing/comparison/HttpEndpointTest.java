package dev.partita.testing.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.partita.testing.comparison.FakeStreams.Fault;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.generator.RequestPrinter;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.ReferenceModel;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.StreamView;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.MapValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The way over HTTP. The model cannot parse requests, so the server is told beforehand which
 * operation comes, checks that it came as printed, and answers with the model's answer as JSON.
 */
class HttpEndpointTest {

  private final BlockingQueue<GeneratedOperation> announced = new LinkedBlockingQueue<>();
  private final ReferenceModel model = new ReferenceModel(Mutation.NONE);
  private final AtomicInteger throttles = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private Optional<FakeStreams> streams = Optional.empty();
  private HttpServer server;
  private HttpEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    endpoint =
        new HttpEndpoint(
            URI.create("http://localhost:" + server.getAddress().getPort() + "/"), "key", "secret");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (streams.isPresent()) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      Json.ObjectOf request = (Json.ObjectOf) Json.parse(body);
      String operation = target.substring(target.indexOf('.') + 1);
      assertEquals(
          operation.equals("DescribeTable") ? "DynamoDB_20120810" : "DynamoDBStreams_20120810",
          target.substring(0, target.indexOf('.')));
      send(exchange, 200, streams.get().answer(operation, request));
      return;
    }
    GeneratedOperation operation = announced.remove();
    Reply reply;
    if (throttles.getAndDecrement() > 0) {
      announced.add(operation);
      reply = new Reply(400, "ThrottlingException", "Rate exceeded", Json.object());
    } else {
      assertTrue(sameRequest(exchange, body, operation), body);
      reply = model.execute(operation.operation());
    }
    Json.ObjectOf answer = reply.body();
    if (!reply.succeeded()) {
      answer =
          answer
              .with("__type", Json.text("com.amazonaws.dynamodb.v20120810#" + reply.errorType()))
              .with("message", Json.text(reply.message()));
    }
    send(exchange, reply.status(), answer);
  }

  private static void send(HttpExchange exchange, int status, Json answer) throws IOException {
    byte[] bytes = answer.print().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static boolean sameRequest(
      HttpExchange exchange, String body, GeneratedOperation operation) {
    return body.equals(RequestPrinter.print(operation).print())
        && exchange.getRequestMethod().equals("POST")
        && exchange
            .getRequestHeaders()
            .getFirst("X-Amz-Target")
            .equals("DynamoDB_20120810." + operation.operation().name())
        && exchange
            .getRequestHeaders()
            .getFirst("Authorization")
            .startsWith("AWS4-HMAC-SHA256 Credential=key/");
  }

  private Reply send(GeneratedOperation operation) {
    if (operation.operation() instanceof Operation.ReadStream) {
      return readStream(operation, Fault.NONE);
    }
    announced.add(operation);
    return endpoint.send(operation);
  }

  private Reply readStream(GeneratedOperation operation, Fault fault) {
    Reply whole = model.execute(operation.operation());
    if (!whole.succeeded()) {
      return whole;
    }
    Json.ArrayOf records = (Json.ArrayOf) whole.body().member("Records").orElseThrow();
    streams = Optional.of(new FakeStreams(records.elements(), fault));
    try {
      return endpoint.send(operation);
    } finally {
      streams = Optional.empty();
    }
  }

  @Test
  void answersComeBackUnchangedOverHttp() {
    ComparisonResult result =
        new RandomisedComparison(this::send, "http", 0, Duration.ZERO).run(11, 400);
    assertTrue(result.disagreement().isEmpty(), result::report);
  }

  /** A table with a stream and nine changes of two items. */
  private GeneratedOperation changes() {
    TableDefinition table =
        new TableDefinition(
            "changes",
            new TableDefinition.KeyAttribute("p", "S"),
            Optional.empty(),
            List.of(),
            Optional.of(StreamView.NEW_AND_OLD_IMAGES));
    model.execute(new Operation.CreateTable(table));
    for (int i = 0; i < 9; i++) {
      MapValue item =
          Value.map()
              .with("p", new Value.StringValue("item" + i % 2))
              .with("n", new Value.NumberValue(BigDecimal.valueOf(i)));
      Operation.WriteOptions options =
          new Operation.WriteOptions(
              new Guard.Always(), Operation.ReturnValues.NONE, false, Operation.Capacity.NONE);
      model.execute(new Operation.PutItem("changes", item, options));
    }
    return new GeneratedOperation(new Operation.ReadStream("changes"), 0);
  }

  @Test
  void aStreamIsReadOverShardsAndPages() {
    GeneratedOperation read = changes();
    Reply actual = readStream(read, Fault.NONE);
    Json.ArrayOf records = (Json.ArrayOf) actual.body().member("Records").orElseThrow();
    assertEquals(9, records.elements().size());
    Reply expected = model.execute(read.operation());
    assertEquals(Optional.empty(), StreamAnswers.compare(expected, actual).difference());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aBrokenStreamIsNoAnswer(Fault fault) {
    Reply reply = readStream(changes(), fault);
    assertEquals("BrokenStream", reply.errorType(), fault::name);
  }

  @Test
  void recordsOfOneItemHaveAnOrder() {
    GeneratedOperation read = changes();
    Reply expected = model.execute(read.operation());
    List<Json> records =
        new ArrayList<>(
            ((Json.ArrayOf) expected.body().member("Records").orElseThrow()).elements());
    Collections.swap(records, 3, 4);
    Reply swapped = new Reply(200, "", "", Json.object("Records", new Json.ArrayOf(records)));
    assertEquals(Optional.empty(), StreamAnswers.compare(expected, swapped).difference());
    Collections.swap(records, 3, 5);
    Reply wrong = new Reply(200, "", "", Json.object("Records", new Json.ArrayOf(records)));
    assertTrue(StreamAnswers.compare(expected, wrong).difference().isPresent());
    records.removeLast();
    Reply shorter = new Reply(200, "", "", Json.object("Records", new Json.ArrayOf(records)));
    assertTrue(StreamAnswers.compare(expected, shorter).difference().isPresent());
  }

  @Test
  void aThrottledRequestIsSentAgain() {
    throttles.set(2);
    Reply reply = send(new GeneratedOperation(new Operation.DescribeTable("none"), 1));
    assertEquals("ResourceNotFoundException", reply.errorType());
    assertEquals(3, requests.get());
  }

  @Test
  void whatIsNotJsonIsNoAnswer() {
    assertThrows(
        EndpointUnavailableException.class, () -> HttpEndpoint.reply(502, "<html>bad gateway"));
    assertThrows(EndpointUnavailableException.class, () -> HttpEndpoint.reply(200, "[]"));
  }
}
