package dev.partita.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrossOriginTest {
  private static final String ASKING =
      String.join(
          "\r\n",
          "Origin: http://example.com/",
          "Access-Control-Request-Method: dog",
          "Access-Control-Request-Headers: cat, meerkat, mouse",
          "");

  private static WireClient.Response ask(TestServer server, String method, String headers)
      throws IOException {
    try (WireClient client = server.connect()) {
      client.send(method + " / HTTP/1.1\r\n" + headers + "Content-Length: 0\r\n\r\n");
      return client.read();
    }
  }

  @Test
  void saysNothingToRequestsWithoutOrigin() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo)) {
      for (String method : List.of("OPTIONS", "GET", "POST")) {
        WireClient.Response response =
            ask(server, method, "Access-Control-Request-Method: dog\r\n");
        assertEquals(200, response.status());
        assertTrue(
            response.headers().keySet().stream().noneMatch(name -> name.startsWith("access-")));
      }
    }
  }

  @Test
  void welcomesEveryOrigin() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo)) {
      for (String method : List.of("GET", "POST")) {
        WireClient.Response response = ask(server, method, ASKING);
        assertEquals("*", response.header("Access-Control-Allow-Origin"));
        assertNotNull(response.header("Access-Control-Expose-Headers"));
        assertNull(response.header("Access-Control-Max-Age"));
        assertNull(response.header("Access-Control-Allow-Methods"));
        assertNull(response.header("Access-Control-Allow-Headers"));
        assertEquals(method + " / ", response.text());
      }
    }
  }

  @Test
  void allowsWhateverAPreflightAsksFor() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo)) {
      WireClient.Response response = ask(server, "OPTIONS", ASKING);
      assertEquals(200, response.status());
      assertEquals("", response.text());
      assertEquals("*", response.header("Access-Control-Allow-Origin"));
      assertNotNull(response.header("Access-Control-Expose-Headers"));
      assertNotNull(response.header("Access-Control-Max-Age"));
      assertEquals("dog", response.header("Access-Control-Allow-Methods"));
      assertEquals("cat, meerkat, mouse", response.header("Access-Control-Allow-Headers"));
    }
  }

  @Test
  void keepsOtherOriginsFromThePrivatePath() throws Exception {
    var configuration = HttpServerConfiguration.builder().privatePath("/own/");
    try (TestServer server = new TestServer(configuration, TestServer::echo)) {
      for (String target : List.of("/own/x", "/own/?a", "http://other/own/x")) {
        for (String method : List.of("OPTIONS", "GET", "POST")) {
          try (WireClient client = server.connect()) {
            client.send(
                method + " " + target + " HTTP/1.1\r\n" + ASKING + "Content-Length: 0\r\n\r\n");
            WireClient.Response response = client.read();
            assertEquals(method.equals("OPTIONS") ? 403 : 200, response.status());
            assertTrue(
                response.headers().keySet().stream().noneMatch(name -> name.startsWith("access-")),
                method + " " + target);
          }
        }
      }
      assertEquals("*", ask(server, "GET", ASKING).header("Access-Control-Allow-Origin"));
    }
  }

  @Test
  void echoesNothingUnprintable() throws Exception {
    try (TestServer server = new TestServer(TestServer::echo)) {
      WireClient.Response response =
          ask(server, "OPTIONS", "Origin: a\r\nAccess-Control-Request-Headers: \u00e9\r\n");
      assertNull(response.header("Access-Control-Allow-Headers"));
      assertEquals("*", response.header("Access-Control-Allow-Origin"));
    }
  }
}
