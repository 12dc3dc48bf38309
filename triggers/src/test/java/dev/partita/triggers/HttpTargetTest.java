package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTargetTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server = create();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile int status = 200;
  private volatile String answer = "";
  private volatile String functionError = "";
  private volatile long delayMillis = 0;

  private static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/hook",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Token")
                  + " "
                  + body);
          try {
            Thread.sleep(delayMillis);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          if (!functionError.isEmpty()) {
            exchange.getResponseHeaders().set("X-Amz-Function-Error", functionError);
          }
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b");
  }

  private DeliveryOutcome post(boolean reports, Duration timeout) throws InterruptedException {
    try (HttpTarget target = new HttpTarget(url(), Map.of("X-Token", "t"), reports, timeout)) {
      return target.handle(Records.batch(1, 2));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void successIsTwoHundredSomething(int code) throws InterruptedException {
    status = code;
    assertEquals(new DeliveryOutcome.Delivered(), post(false, TIMEOUT));
    assertEquals(
        List.of("POST /hook?a=b application/json t {\"Records\":[{\"number\":1},{\"number\":2}]}"),
        requests);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 429, 500})
  void everythingElseIsFailure(int code) throws InterruptedException {
    status = code;
    answer = "because";
    assertEquals(new DeliveryOutcome.Failed("HTTP " + code + ": because"), post(false, TIMEOUT));
    assertEquals(1, requests.size());
  }

  @Test
  void theHeaderOfAFailedFunctionIsAFailure() throws InterruptedException {
    functionError = "Unhandled";
    answer = "{\"errorMessage\":\"no\"}";
    assertEquals(
        new DeliveryOutcome.Failed("HTTP 200, Unhandled: {\"errorMessage\":\"no\"}"),
        post(true, TIMEOUT));
  }

  @Test
  void theBodySaysWhichRecordsFailedIfItIsAskedFor() throws InterruptedException {
    answer = "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}";
    assertEquals(new DeliveryOutcome.PartlyFailed(Set.of("2")), post(true, TIMEOUT));
    assertEquals(new DeliveryOutcome.Delivered(), post(false, TIMEOUT));
  }

  @Test
  void lateOverlongAndMissingAnswersAreFailures() throws InterruptedException {
    delayMillis = 2000;
    DeliveryOutcome late = post(false, Duration.ofMillis(100));
    assertTrue(
        assertInstanceOf(DeliveryOutcome.Failed.class, late).cause().contains("within 100 ms"),
        late::toString);
    delayMillis = 0;
    answer = "x".repeat(2_000_000);
    assertInstanceOf(DeliveryOutcome.Failed.class, post(false, TIMEOUT));
    server.stop(0);
    DeliveryOutcome nobody = post(false, TIMEOUT);
    assertTrue(
        assertInstanceOf(DeliveryOutcome.Failed.class, nobody).cause().contains("refused"),
        nobody::toString);
  }

  @Test
  void wrongSettingsAreRefusedAtOnce() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new HttpTarget(URI.create("ftp://x/y"), Map.of(), false, TIMEOUT).close());
    assertThrows(
        IllegalArgumentException.class,
        () -> new HttpTarget(url(), Map.of("Host", "x"), false, TIMEOUT).close());
    assertThrows(
        IllegalArgumentException.class,
        () -> new HttpTarget(url(), Map.of("X\n", "x"), false, TIMEOUT).close());
  }
}
