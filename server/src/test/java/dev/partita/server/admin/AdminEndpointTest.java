package dev.partita.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.server.Node;
import dev.partita.server.NodeConfiguration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminEndpointTest {
  private static final String OWN_HOST = "Host: localhost:8000\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";

  private Node node = start("127.0.0.1");

  private record Answer(int status, Map<String, String> headers, String body) {}

  private static Node start(String host) {
    try {
      return Node.start(
          NodeConfiguration.builder()
              .host(host)
              .port(0)
              .dataDirectory(null)
              .replicationGroups(2)
              .build());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @BeforeAll
  void nothingIsThereBeforeItIsAsked() throws IOException {
    assertEquals(200, send("GET", "/", OWN_HOST, "").status());
  }

  @AfterAll
  void stop() {
    node.close();
  }

  private Answer send(String method, String path, String headers, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.address().getPort())) {
      String request =
          method
              + " "
              + path
              + " HTTP/1.1\r\n"
              + headers
              + "Connection: close\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      int status = Integer.parseInt(in.readLine().split(" ", 3)[1]);
      Map<String, String> answered = new TreeMap<>();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        answered.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      StringBuilder content = new StringBuilder();
      for (int character = in.read(); character >= 0; character = in.read()) {
        content.append((char) character);
      }
      return new Answer(status, answered, content.toString());
    }
  }

  private Answer get(String path) throws IOException {
    return send("GET", path, OWN_HOST, "");
  }

  private Answer post(String path, String body) throws IOException {
    return send("POST", path, OWN_HOST + JSON, body);
  }

  @Test
  void tellsHowTheNodeIs() throws Exception {
    Answer answer = get("/_partita/status");
    assertEquals(200, answer.status(), answer.body());
    assertEquals("application/json", answer.headers().get("content-type"));
    Map<String, Object> status = AdminJson.read(answer.body().getBytes(StandardCharsets.UTF_8));
    assertEquals("us-east-1", status.get("Region"));
    assertTrue(answer.body().contains("\"Group\" : 2"), answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost",
        "host: LOCALHOST:9",
        "Host: node.localhost:8000",
        "Host: 127.0.0.1:8000",
        "Host: 127.1.2.3",
        "Host: [::1]:8000"
      })
  void servesThisMachine(String host) throws Exception {
    assertEquals(200, send("GET", "/_partita/status", host + "\r\n", "").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example:8000",
        "Host: localhost.evil.example",
        "Host: evil",
        "Host: 10.0.0.1:8000",
        "Host: [fe80::1]:8000",
        "Host: [::1",
        "Host:",
        "Host: localhost\r\nHost: evil.example",
        "Accept: */*",
        "Host: localhost\r\nOrigin: http://evil.example",
        "Host: localhost\r\nOrigin: null",
        "Host: localhost\r\nOrigin: http://localhost"
      })
  void refusesWhatAPageOfAnotherOriginCouldSend(String headers) throws Exception {
    Answer answer = send("GET", "/_partita/status", headers + "\r\n", "");
    assertTrue(answer.status() == 403 || answer.status() == 400, answer.toString());
    assertTrue(
        answer.headers().keySet().stream().noneMatch(name -> name.startsWith("access-")),
        answer.toString());
  }

  @Test
  void refusesPreflights() throws Exception {
    Answer answer =
        send(
            "OPTIONS",
            "/_partita/check-index",
            OWN_HOST + "Origin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\n",
            "");
    assertEquals(403, answer.status());
    assertTrue(
        answer.headers().keySet().stream().noneMatch(name -> name.startsWith("access-")),
        answer.toString());
  }

  @Test
  void aServerOnEveryAddressServesAddressesAndNamesThatNobodyCanRegister() throws Exception {
    Node own = node;
    try (Node everywhere = start("0.0.0.0")) {
      node = everywhere;
      for (String host : new String[] {"10.0.0.1:8000", "partita:8000", "host.docker.internal"}) {
        assertEquals(200, send("GET", "/_partita/status", "Host: " + host + "\r\n", "").status());
      }
      assertEquals(403, send("GET", "/_partita/status", "Host: evil.example\r\n", "").status());
    } finally {
      node = own;
    }
  }

  @Test
  void aPostNeedsWhatAFormCannotSend() throws Exception {
    for (String headers :
        new String[] {
          "",
          "Content-Type: text/plain\r\n",
          "Content-Type: application/x-www-form-urlencoded\r\n",
          "Content-Type: text/plain; application/json\r\n",
          JSON + JSON
        }) {
      Answer answer = send("POST", "/_partita/check-index", OWN_HOST + headers, "{}");
      assertEquals(403, answer.status(), headers);
      assertTrue(answer.body().contains("X-Partita-Admin: true"), answer.body());
    }
    assertEquals(
        200,
        send("POST", "/_partita/check-index", OWN_HOST + "x-partita-admin: 1\r\n", "").status());
    assertEquals(
        200,
        send(
                "POST",
                "/_partita/check-index",
                OWN_HOST + "Content-Type: Application/JSON; charset=utf-8\r\n",
                "{}")
            .status());
  }

  @Test
  void saysWhichMethodAPathHas() throws Exception {
    Answer answer = post("/_partita/status", "{}");
    assertEquals(405, answer.status());
    assertEquals("GET", answer.headers().get("allow"));
    assertEquals("POST", get("/_partita/check-index").headers().get("allow"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                           | must be a JSON object",
        "{                            | not JSON",
        "{}{}                         | more than one JSON object",
        "{\"TableName\":{}}           | TableName must be a text",
        "{\"Colour\":\"blue\"}        | unknown parameter Colour; known are TableName, IndexName",
        "{\"TableName\":\"t\"}        | no table t",
        "{\"indexname\":\"i\"}        | an index needs the name of its table"
      })
  void saysWhatIsWrongWithABody(String body, String expected) throws Exception {
    Answer answer = post("/_partita/check-index", body);
    assertTrue(answer.status() == 400 || answer.status() == 404, answer.toString());
    assertTrue(answer.body().contains(expected), answer.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "table=t             | no table t",
        "TableName=t%2Du     | no table t-u",
        "table=t&tablename=t | TableName is given twice",
        "table               | not name=value",
        "table=%zz           | not percent-encoded"
      })
  void readsTheQueryToo(String query, String expected) throws Exception {
    Answer answer = post("/_partita/check-index?" + query, "");
    assertTrue(answer.status() == 400 || answer.status() == 404, answer.toString());
    assertTrue(answer.body().contains(expected), answer.body());
  }

  @Test
  void bodiesAreBounded() throws Exception {
    Answer answer = post("/_partita/check-index", " ".repeat((64 << 10) + 1));
    assertEquals(413, answer.status());
  }

  @Test
  void saysWhatThereIsAndHowToHaveMore() throws Exception {
    Answer answer = get("/_partita/nothing");
    assertEquals(404, answer.status());
    assertTrue(answer.body().contains("check-index"), answer.body());
    assertEquals(404, get("/_partita").status());
    Answer controls = post("/_partita/test-controls/fail", "{}");
    assertEquals(404, controls.status());
    assertTrue(controls.body().contains("--test-controls"), controls.body());
    assertEquals(404, get("/_partita/test-controls").status());
  }
}
