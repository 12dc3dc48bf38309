package dev.partita.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.partita.base.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The generator against an endpoint whose behaviour the test decides. */
class BenchmarkTest {
  private static final Answer DONE = new Answer(200, "{}");

  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  private volatile Endpoint behaviour = (operation, body) -> DONE;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server = started();

  private record Answer(int status, String body) {}

  private interface Endpoint {
    Answer answer(String operation, String body) throws InterruptedException;
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
          byte[] read = exchange.getRequestBody().readAllBytes();
          String body = new String(read, StandardCharsets.UTF_8);
          try {
            String operation = target.substring(target.indexOf('.') + 1);
            Answer answer = behaviour.answer(operation, body);
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(bytes);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.setExecutor(threads);
    server.start();
  }

  private static HttpServer started() {
    // Otherwise Nagle's algorithm and delayed acknowledgements cost 40 ms for each answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Benchmark benchmark(BenchmarkSettings settings) {
    return new Benchmark(
        settings, Clock.SYSTEM, new PrintStream(progress, true, StandardCharsets.UTF_8));
  }

  private static BenchmarkReport measure(Benchmark benchmark, Duration duration) throws Exception {
    return benchmark.measure(Duration.ofMillis(100), duration);
  }

  @Test
  void aStallCountsForEveryRequestThatWasDueDuringIt() throws Exception {
    AtomicInteger count = new AtomicInteger();
    behaviour =
        (operation, body) -> {
          if (count.incrementAndGet() == 60) {
            TimeUnit.MILLISECONDS.sleep(400);
          }
          return DONE;
        };
    Duration duration = Duration.ofSeconds(1);
    BenchmarkSettings settings =
        TestSettings.at(endpoint(), "put=1", Optional.of(200.0), 1, duration);
    BenchmarkReport report = measure(benchmark(settings), duration);
    assertTrue(Math.abs(report.succeeded() - 200) <= 2, report.toString());
    assertEquals(0, report.unsent(), report.toString());
    // About 80 of 200 were due during the stall; only one was under way.
    assertTrue(report.latency().p90() > 150_000_000, report.toString());
    assertTrue(report.service().p90() < 100_000_000, report.toString());
    assertTrue(report.latency().max() >= 390_000_000, report.toString());
  }

  @Test
  void aRateThatIsTooHighLeavesUnsentRequests() throws Exception {
    behaviour =
        (operation, body) -> {
          TimeUnit.MILLISECONDS.sleep(20);
          return DONE;
        };
    Duration duration = Duration.ofMillis(500);
    BenchmarkSettings settings =
        TestSettings.at(endpoint(), "put=1", Optional.of(1000.0), 2, duration);
    BenchmarkReport report = measure(benchmark(settings), duration);
    assertTrue(report.unsent() > 300, report.toString());
    assertTrue(Math.abs(report.succeeded() + report.unsent() - 500) <= 2, report.toString());
    assertTrue(report.latency().p50() > 100_000_000, report.toString());
    assertTrue(TextReport.render(report).contains("did not keep up"));
  }

  @Test
  void errorsAreCountedByTypeAndBounded() throws Exception {
    AtomicInteger count = new AtomicInteger();
    behaviour =
        (operation, body) ->
            count.incrementAndGet() % 4 == 0
                ? new Answer(400, "{\"__type\":\"com.amazonaws#ThrottlingException\"}")
                : DONE;
    BenchmarkReport report =
        measure(benchmark(TestSettings.at(endpoint(), "put=1")), Duration.ofSeconds(1));
    assertTrue(report.failed() > 0, report.toString());
    assertEquals(Map.of("ThrottlingException", report.failed()), report.errors());
    assertEquals(0.25, report.errorRatio(), 0.05);
    assertFalse(report.withinErrorBound());
  }

  @Test
  void aSilentEndpointTimesOut() throws Exception {
    AtomicInteger count = new AtomicInteger();
    behaviour =
        (operation, body) -> {
          if (count.incrementAndGet() == 20) {
            TimeUnit.SECONDS.sleep(20);
          }
          return DONE;
        };
    Duration duration = Duration.ofMillis(1500);
    BenchmarkSettings settings =
        TestSettings.at(endpoint(), "put=1", Optional.of(100.0), 4, duration);
    BenchmarkReport report = measure(benchmark(settings), duration);
    assertEquals(Map.of("timeout", 1L), report.errors(), report.toString());
    assertTrue(report.succeeded() > 140, report.toString());
  }

  @Test
  void makesTheTableFillsItAndChecksIt() throws Exception {
    Map<String, String> items = new ConcurrentHashMap<>();
    Map<String, String> created = new ConcurrentHashMap<>();
    behaviour =
        (operation, body) ->
            switch (operation) {
              case "DescribeTable" ->
                  created.isEmpty()
                      ? new Answer(400, "{\"__type\":\"x#ResourceNotFoundException\"}")
                      : new Answer(200, "{\"Table\":{\"TableStatus\":\"ACTIVE\"}}");
              case "CreateTable" -> {
                created.put("bench", body);
                yield DONE;
              }
              case "PutItem" -> {
                items.merge(key(body), "x", String::concat);
                yield DONE;
              }
              case "GetItem" ->
                  new Answer(200, items.containsKey(key(body)) ? "{\"Item\":{}}" : "{}");
              case "Query" -> new Answer(200, "{\"Count\":20,\"Items\":[]}");
              default -> new Answer(400, "{}");
            };
    BenchmarkSettings plain = TestSettings.at(endpoint(), "get=1,query=1");
    BenchmarkSettings settings =
        new BenchmarkSettings(
            plain.target(),
            plain.workload(),
            plain.pace(),
            BenchmarkSettings.Filling.AUTO,
            plain.maxErrorRatio());
    BenchmarkReport report = benchmark(settings).run();
    assertTrue(created.toString().contains("PAY_PER_REQUEST"));
    // 300 single items and 15 collections of 20, each put once.
    assertEquals(600, items.size());
    assertTrue(items.values().stream().allMatch("x"::equals));
    assertTrue(report.withinErrorBound(), report.toString());
    assertEquals(2, report.latencyByOperation().size());

    items.remove(
        items.keySet().stream().filter(k -> k.contains("user#000000000299")).findAny().get());
    assertThrows(IOException.class, () -> benchmark(plain).run());
  }

  private static String key(String body) {
    return body.replaceAll(".*(\"pk\":\\{[^}]*},\"sk\":\\{[^}]*}).*", "$1");
  }

  @Test
  void anAbsentEndpointIsOneClearMessage() {
    BenchmarkSettings settings = TestSettings.at("http://127.0.0.1:1", "put=1");
    IOException thrown = assertThrows(IOException.class, () -> benchmark(settings).run());
    assertTrue(thrown.toString().contains("http://127.0.0.1:1"), thrown.toString());
  }

  @Test
  void theReportsHoldTheFigures() throws Exception {
    BenchmarkReport report =
        measure(benchmark(TestSettings.at(endpoint(), "put=1")), Duration.ofMillis(200));
    String json = JsonReport.render(report);
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      parser.skipChildren();
      assertNull(parser.nextToken());
    }
    assertTrue(json.contains("\"completed\" : " + report.completed()), json);
    assertTrue(json.contains("\"endpoint\" : \"" + endpoint() + "\""), json);
    assertTrue(report.throughput() > 0);
    assertTrue(TextReport.render(report).contains("p99.9"));
  }
}
