package dev.partita.testing.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.generator.RequestPrinter;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.ReferenceModel;
import dev.partita.testing.reference.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The way over HTTP. The model cannot parse requests, so the server is told beforehand which
 * operation comes, checks that it came as printed, and answers with the model's answer as JSON.
 */
class HttpEndpointTest {

  private final BlockingQueue<GeneratedOperation> announced = new LinkedBlockingQueue<>();
  private final ReferenceModel model = new ReferenceModel(Mutation.NONE);
  private final AtomicInteger throttles = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
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
    byte[] bytes = answer.print().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length);
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
    announced.add(operation);
    return endpoint.send(operation);
  }

  @Test
  void answersComeBackUnchangedOverHttp() {
    ComparisonResult result =
        new RandomisedComparison(this::send, "http", 0, Duration.ZERO).run(11, 400);
    assertTrue(result.disagreement().isEmpty(), result::report);
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
