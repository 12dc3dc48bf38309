package dev.partita.model.api;

/** What a protocol drives and the engine is. */
public interface Database {

  /**
   * Starts {@code request} and returns without blocking; the answer may come before the return.
   * Never throws for what a request holds.
   */
  void execute(ApiRequest request, ApiCallback callback);
}
