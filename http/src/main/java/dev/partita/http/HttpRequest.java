package dev.partita.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request that arrived whole. The body belongs to the receiver. */
public final class HttpRequest {
  private final String method;
  private final String target;
  private final HttpHeaders headers;
  private final byte[] body;
  private final String remoteAddress;
  private final RequestId id;

  HttpRequest(
      String method,
      String target,
      HttpHeaders headers,
      byte[] body,
      String remoteAddress,
      RequestId id) {
    this.method = method;
    this.target = originForm(target);
    this.headers = headers;
    this.body = body;
    this.remoteAddress = remoteAddress;
    this.id = id;
  }

  /**
   * A request that came by no socket, for callers that skip the network.
   *
   * @param target path and query, as on the request line
   * @param requestId the text {@link #requestId()} gives back
   */
  public static HttpRequest of(
      String method,
      String target,
      Map<String, String> headers,
      byte[] body,
      String remoteAddress,
      String requestId) {
    DefaultHttpHeaders copy = new DefaultHttpHeaders();
    headers.forEach(copy::add);
    return new HttpRequest(method, target, copy, body, remoteAddress, RequestId.ofText(requestId));
  }

  /** The method as sent, case and all: {@code GET}, {@code POST} ... */
  public String method() {
    return method;
  }

  /** The path, still percent-encoded, without the query; {@code /} at least. */
  public String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /** What follows the first {@code ?} of the request target, still percent-encoded, or null. */
  public @Nullable String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? null : target.substring(mark + 1);
  }

  /**
   * The first value of a header, or null. Names are compared without regard to case; an {@code
   * io.netty.util.AsciiString} constant is the cheapest argument.
   */
  public @Nullable String header(CharSequence name) {
    return headers.get(name);
  }

  /** All values of a header in the order sent; empty if there is none. */
  public List<String> headerValues(CharSequence name) {
    return headers.getAll(name);
  }

  /** All headers in the order sent, names in the case sent. */
  public List<Map.Entry<String, String>> headers() {
    return headers.entries();
  }

  /** The whole body after Content-Encoding was undone; empty if there is none. */
  public byte[] body() {
    return body;
  }

  /** The address of the client as text, without its port. */
  public String remoteAddress() {
    return remoteAddress;
  }

  /** The id that the answer will carry: 52 upper-case letters and digits. */
  public String requestId() {
    return id.text();
  }

  /** The target in origin form: a proxy's {@code http://host/path} is cut to {@code /path}. */
  static String originForm(String target) {
    if (target.startsWith("/")) {
      return target;
    }
    int scheme = target.indexOf("://");
    if (scheme < 0) {
      return target.isEmpty() ? "/" : target;
    }
    int end = scheme + 3;
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    String rest = target.substring(end);
    return rest.startsWith("/") ? rest : "/" + rest;
  }
}
