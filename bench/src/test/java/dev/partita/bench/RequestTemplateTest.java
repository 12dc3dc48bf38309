package dev.partita.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestTemplateTest {
  private final BenchmarkSettings settings = TestSettings.at("http://127.0.0.1:8000", "put=1");

  @ParameterizedTest
  @EnumSource(Operation.class)
  void everyBodyIsJsonOfOneLength(Operation operation) throws Exception {
    RequestTemplate template =
        RequestTemplate.of(operation, true, settings.target(), settings.workload());
    for (long key : new long[] {0, 7, 999_999_999_999L}) {
      PlannedRequest request = request(operation, key);
      byte[] body = new byte[template.length()];
      template.copyTo(body, 0, request);
      try (JsonParser parser = new JsonFactory().createParser(body)) {
        int depth = 0;
        while (parser.nextToken() != null) {
          depth += parser.currentToken().isStructStart() ? 1 : 0;
          depth -= parser.currentToken().isStructEnd() ? 1 : 0;
        }
        assertEquals(0, depth);
      }
      String text = new String(body, StandardCharsets.US_ASCII);
      assertTrue(text.contains(String.format("coll#%012d", key)), text);
    }
  }

  @Test
  void anItemHasTheSizeThatWasAskedFor() {
    RequestTemplate template =
        RequestTemplate.of(Operation.PUT, false, settings.target(), settings.workload());
    byte[] body = new byte[template.length()];
    template.copyTo(body, 0, request(Operation.PUT, 42));
    String text = new String(body, StandardCharsets.US_ASCII);
    String filler = text.replaceAll(".*\"data\":\\{\"S\":\"(x*)\".*", "$1");
    int names = "pk".length() + "sk".length() + "n".length() + "flag".length() + "data".length();
    int sevenDigits = 1 + 4;
    int values = "user#000000000042".length() + "item#0000".length() + sevenDigits + 1;
    assertEquals(200, names + values + filler.length());
  }

  @Test
  void aPatchedRequestEqualsAFreshOne() {
    UnsignedRequests used = new UnsignedRequests(settings.target(), settings.workload());
    for (Operation operation : Operation.values()) {
      release(used.encode(request(operation, 123_456_789_012L)));
      ByteBuf patched = used.encode(request(operation, 5));
      UnsignedRequests fresh = new UnsignedRequests(settings.target(), settings.workload());
      ByteBuf expected = fresh.encode(request(operation, 5));
      assertEquals(
          expected.toString(StandardCharsets.US_ASCII),
          patched.toString(StandardCharsets.US_ASCII));
      release(patched);
      release(expected);
      fresh.close();
    }
    used.close();
  }

  @Test
  void aRequestThatIsStillBeingWrittenKeepsItsBytes() {
    UnsignedRequests requests = new UnsignedRequests(settings.target(), settings.workload());
    ByteBuf first = requests.encode(request(Operation.GET, 1));
    ByteBuf second = requests.encode(request(Operation.GET, 2));
    assertTrue(first.toString(StandardCharsets.US_ASCII).contains("user#000000000001"));
    assertTrue(second.toString(StandardCharsets.US_ASCII).contains("user#000000000002"));
    release(first);
    release(second);
    requests.close();
    assertEquals(0, first.refCnt());
    assertEquals(0, second.refCnt());
  }

  private static void release(ByteBuf buffer) {
    assertTrue(buffer.refCnt() > 0);
    buffer.release();
  }

  private static PlannedRequest request(Operation operation, long key) {
    PlannedRequest request = new PlannedRequest();
    request.operation = operation;
    request.inCollection = operation == Operation.QUERY;
    request.key = key;
    request.number = 1_000_000;
    return request;
  }
}
