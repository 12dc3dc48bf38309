package dev.partita.bench;

import java.io.IOException;

/** An endpoint answered with something that is not an HTTP/1.1 response. */
final class MalformedResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedResponseException(String message) {
    super(message);
  }
}
