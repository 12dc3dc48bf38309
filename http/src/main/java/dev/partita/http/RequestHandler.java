package dev.partita.http;

/** What the server calls with each request that arrived whole and well formed. */
@FunctionalInterface
public interface RequestHandler {

  /**
   * Handles one request. Called on an event loop and must never block. Answers by calling {@link
   * Responder#respond} exactly once, from any thread, now or later; if this method throws before
   * that, the server answers with {@link ErrorPages#internalError()}.
   *
   * <p>Requests of one connection may be handled at the same time (pipelining); their answers are
   * sent in the order of the requests. {@code OPTIONS} requests never arrive here: the server
   * answers them itself.
   */
  void handle(HttpRequest request, Responder responder);
}
