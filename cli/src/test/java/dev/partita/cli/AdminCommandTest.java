package dev.partita.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.partita.server.Node;
import dev.partita.server.NodeConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdminCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new PartitaCommand(
            configuration -> {
              throw new IOException("nothing is to be started");
            },
            Map.of(),
            Runnable::run)
        .run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private static Node start() throws IOException {
    return Node.start(NodeConfiguration.builder().port(0).dataDirectory(null).build());
  }

  private static String endpoint(InetSocketAddress address) {
    return "http://127.0.0.1:" + address.getPort();
  }

  @Test
  void asksAServer() throws Exception {
    try (Node node = start()) {
      String endpoint = endpoint(node.address());
      assertEquals(0, run("admin", "status", "--endpoint", endpoint), err.toString());
      assertTrue(out.toString().contains("\"Region\" : \"us-east-1\""), out.toString());
      assertEquals(0, run("admin", "--endpoint", endpoint + "/", "check-index"), err.toString());
      assertTrue(out.toString().contains("\"Consistent\" : true"), out.toString());
    }
  }

  @Test
  void saysWhatTheServerSays() throws Exception {
    try (Node node = start()) {
      String endpoint = endpoint(node.address());
      assertEquals(1, run("admin", "check-index", "t", "--endpoint", endpoint));
      assertEquals("partita admin: there is no table t\n", err.toString());
      assertEquals(1, run("admin", "fail", "t", "throttle", "--endpoint", endpoint));
      assertTrue(err.toString().startsWith("partita admin: test controls are off"), err.toString());
      assertEquals("", out.toString());
    }
  }

  @Test
  void differencesAreExitCodeOne() throws Exception {
    try (Answering server = new Answering(200, "{\"Consistent\":false}")) {
      assertEquals(1, run("admin", "check-index", "t", "i", "--endpoint", server.endpoint()));
      assertEquals("{\"Consistent\":false}", out.toString());
      assertEquals("{\"TableName\":\"t\",\"IndexName\":\"i\"}", server.asked);
    }
  }

  @Test
  void commandsBecomeParameters() throws Exception {
    try (Answering server = new Answering(200, "{}")) {
      String endpoint = server.endpoint();
      assertEquals(
          0,
          run(
              "admin",
              "fail",
              "t",
              "conflict",
              "--count",
              "3",
              "--operation",
              "PutItem",
              "--endpoint",
              endpoint));
      assertEquals(
          "{\"TableName\":\"t\",\"Error\":\"conflict\",\"Count\":\"3\",\"Operation\":\"PutItem\"}",
          server.asked);
      assertEquals("/_partita/test-controls/fail", server.path);
      assertEquals(0, run("admin", "delay-indexes", "t", "hold", "--endpoint", endpoint));
      assertEquals("{\"TableName\":\"t\",\"Delay\":\"hold\"}", server.asked);
      for (String name :
          new String[] {"expire-now", "roll-shards", "hold-transactions", "release-transactions"}) {
        assertEquals(0, run("admin", name, "t", "--endpoint", endpoint));
        assertEquals("/_partita/test-controls/" + name, server.path);
        assertEquals("{\"TableName\":\"t\"}", server.asked);
      }
      assertEquals(0, run("admin", "stale-reads", "2s", "--endpoint", endpoint));
      assertEquals("{\"Lag\":\"2s\"}", server.asked);
      assertEquals(0, run("admin", "shift-clock", "25h", "--endpoint", endpoint));
      assertEquals("{\"By\":\"25h\"}", server.asked);
      assertEquals(0, run("admin", "reset", "--endpoint", endpoint));
      assertEquals("/_partita/test-controls/reset", server.path);
    }
  }

  @Test
  void aServerOfAnotherKindIsToldInOneLine() throws Exception {
    try (Answering server = new Answering(404, "<html>")) {
      assertEquals(1, run("admin", "status", "--endpoint", server.endpoint()));
      assertEquals(
          "partita admin: answered with status 404; is it a server of Partita?\n", err.toString());
    }
    assertEquals(1, run("admin", "status", "--endpoint", "http://127.0.0.1:1"));
    assertEquals("partita admin: nobody listens on http://127.0.0.1:1\n", err.toString());
    assertEquals(1, run("admin", "status", "--endpoint", "ftp://127.0.0.1"));
    assertEquals(1, err.toString().lines().count(), err.toString());
  }

  @Test
  void wrongOptionsAreExitCodeTwo() {
    assertEquals(2, run("admin"));
    assertEquals(2, run("admin", "fail", "t"));
    assertEquals(2, run("admin", "status", "--colour"));
    assertEquals(0, run("admin", "--help"));
    assertTrue(out.toString().contains("delay-indexes"), out.toString());
  }

  /** A server that answers everything with one text and remembers what it was asked. */
  private static final class Answering implements AutoCloseable {
    private final HttpServer server;
    private volatile String asked = "";
    private volatile String path = "";

    Answering(int status, String text) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked = body.replaceAll("\\s", "");
            path = exchange.getRequestURI().getPath();
            byte[] answer = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
    }

    String endpoint() {
      return AdminCommandTest.endpoint(server.getAddress());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
