package dev.partita.http;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One answer. The server adds Server, Date, request id, checksum, Content-Length, and where they
 * apply Connection, Content-Encoding, Vary and the CORS headers.
 *
 * <p>The body is not copied when the response is made: it must not change afterwards.
 */
public final class HttpResponse {
  private static final byte[] EMPTY = {};

  private final int status;
  private final String contentType;
  private final byte[] body;
  private final int offset;
  private final int length;
  private final @Nullable Header headers;

  /** A header to send besides those of the server, newest first. */
  record Header(String name, String value, @Nullable Header next) {}

  /**
   * An answer with a whole array as body.
   *
   * @param status 200 to 599
   * @param contentType printable ASCII; empty for no Content-Type header
   */
  public HttpResponse(int status, String contentType, byte[] body) {
    this(status, contentType, body, 0, body.length, null);
  }

  /** An answer whose body is {@code length} bytes of {@code body} from {@code offset}. */
  public HttpResponse(int status, String contentType, byte[] body, int offset, int length) {
    this(status, contentType, body, offset, length, null);
  }

  private HttpResponse(
      int status,
      String contentType,
      byte[] body,
      int offset,
      int length,
      @Nullable Header headers) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("Not the status of a final response: " + status);
    }
    Objects.checkFromIndexSize(offset, length, body.length);
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.offset = offset;
    this.length = length;
    this.headers = headers;
  }

  /** An answer without a body. */
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, "", EMPTY);
  }

  /** An answer in UTF-8 text. */
  public static HttpResponse text(int status, String contentType, String body) {
    return new HttpResponse(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The same answer with one more header.
   *
   * @throws IllegalArgumentException if the name is not a token or the value is not printable ASCII
   *     (so that no answer can be split)
   */
  public HttpResponse withHeader(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(HttpResponse::isTokenCharacter)) {
      throw new IllegalArgumentException("Not a header name: " + name);
    }
    if (!isPrintable(value)) {
      throw new IllegalArgumentException("Not a header value: " + value);
    }
    return new HttpResponse(
        status, contentType, body, offset, length, new Header(name, value, headers));
  }

  public int status() {
    return status;
  }

  public String contentType() {
    return contentType;
  }

  /** The array that holds the body, from {@link #offset()} for {@link #length()} bytes. */
  public byte[] body() {
    return body;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** The value of a header added by {@link #withHeader}, or null. */
  public @Nullable String header(String name) {
    for (Header header = headers; header != null; header = header.next) {
      if (header.name.equalsIgnoreCase(name)) {
        return header.value;
      }
    }
    return null;
  }

  @Nullable Header headers() {
    return headers;
  }

  /** Whether {@code value} is free of control characters and of anything beyond ASCII. */
  static boolean isPrintable(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character < ' ' || character > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isTokenCharacter(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(character) >= 0;
  }
}
