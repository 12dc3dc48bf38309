package dev.partita.http;

/** Produces an answer when its turn to be sent has come. */
@FunctionalInterface
public interface ResponseSource {

  /**
   * The answer. Runs on an event loop and must not block. If it throws, the failure is logged and
   * {@link ErrorPages#internalError()} is sent.
   */
  HttpResponse produce();

  /**
   * About how many bytes of memory this source holds until it has produced the answer. They count
   * against {@code bufferedBytesMax}; a source beyond it is dropped and {@link
   * ErrorPages#overloaded()} is sent instead.
   */
  default long retainedBytes() {
    return 0;
  }
}
