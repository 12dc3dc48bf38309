package dev.partita.model.api;

/** Takes the one answer to a request: exactly one of the methods is called, once, on any thread. */
public interface ApiCallback {

  /** The request succeeded. */
  void completed(ApiResponse response);

  /** The request failed. */
  void failed(ApiError error);
}
