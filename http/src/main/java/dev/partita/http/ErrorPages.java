package dev.partita.http;

/**
 * The answers to requests that never reach the {@link RequestHandler}, so that this package needs
 * no words of the API above it. Every method must be cheap, thread-safe and must not throw.
 */
public interface ErrorPages {

  /** The request is not HTTP/1.x as RFC 9112 has it. {@code why} is fit for the client. */
  HttpResponse badRequest(String why);

  /** Request line or headers are longer than {@code headerBytesMax}. */
  HttpResponse headersTooLarge();

  /** The body, decompressed, is longer than {@code requestBytesMax}. */
  HttpResponse tooLarge();

  /** {@code Content-Encoding} names {@code encoding}, which is neither gzip nor deflate. */
  HttpResponse unsupportedEncoding(String encoding);

  /** The body is not what its {@code Content-Encoding} says. */
  HttpResponse brokenEncoding();

  /** A preflight, or another OPTIONS request, for the private path. */
  HttpResponse privatePath();

  /** A limit on connections or on buffered bytes is reached; the client may try again later. */
  HttpResponse overloaded();

  /** The handler failed in a way it did not foresee. */
  HttpResponse internalError();
}
