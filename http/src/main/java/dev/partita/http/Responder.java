package dev.partita.http;

/** Takes the answer to one request. */
public interface Responder {

  /**
   * Gives the answer. Never blocks; callable from any thread, exactly once.
   *
   * @param source run once, later, on the event loop of the connection (so rendering need not cost
   *     the caller's thread), or never if the client has gone. It must not block.
   * @throws IllegalStateException if this request was already answered
   */
  void respond(ResponseSource source);
}
