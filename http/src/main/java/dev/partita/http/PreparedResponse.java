package dev.partita.http;

import org.jspecify.annotations.Nullable;

/** A response and its body as it goes over the wire. */
record PreparedResponse(
    HttpResponse response, byte[] bytes, int offset, int length, @Nullable ContentCoding coding) {

  /** As it is. */
  static PreparedResponse plain(HttpResponse response) {
    return new PreparedResponse(
        response, response.body(), response.offset(), response.length(), null);
  }

  /** Compressed, unless that would not make it shorter. */
  static PreparedResponse compressed(HttpResponse response, ContentCoding coding) {
    byte[] bytes = coding.compress(response.body(), response.offset(), response.length());
    return bytes == null
        ? plain(response)
        : new PreparedResponse(response, bytes, 0, bytes.length, coding);
  }
}
