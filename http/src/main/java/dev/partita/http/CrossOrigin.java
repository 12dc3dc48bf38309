package dev.partita.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Cross-origin resource sharing as DynamoDB does it: every origin is welcome, and a preflight is
 * told that whatever it asks for is allowed. Nothing is said to a request without Origin, nor on
 * the private path.
 */
final class CrossOrigin {
  private static final String EXPOSED =
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date";
  private static final String MAX_AGE_SECONDS = "172800";

  private CrossOrigin() {}

  /** Appends the headers that the answer to {@code exchange} needs, if any. */
  static void appendHeaders(ResponseEncoder encoder, Exchange exchange) {
    HttpHeaders headers = exchange.headers();
    if (!headers.contains(HttpHeaderNames.ORIGIN) || exchange.isPrivate()) {
      return;
    }
    encoder.appendHeader("Access-Control-Allow-Origin", "*");
    encoder.appendHeader("Access-Control-Expose-Headers", EXPOSED);
    if (exchange.isOptions()) {
      encoder.appendHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
      echo(encoder, "Access-Control-Allow-Methods", headers, "Access-Control-Request-Method");
      echo(encoder, "Access-Control-Allow-Headers", headers, "Access-Control-Request-Headers");
    }
  }

  private static void echo(
      ResponseEncoder encoder, String name, HttpHeaders headers, String requested) {
    String value = headers.get(requested);
    if (value != null && HttpResponse.isPrintable(value)) {
      encoder.appendHeader(name, value);
    }
  }
}
