package dev.partita.triggers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** HTTP/1.1 with a limit on each answer's time and size. */
final class BoundedHttp implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * Sends a request and waits for the whole answer. The JDK's own time-out ends with the headers.
   *
   * @throws IOException with a message for the user, also if the answer is late or too long
   * @throws InterruptedException if the thread was interrupted; the request is given up
   */
  HttpResponse<byte[]> send(HttpRequest request, Duration timeout, int answerBytesMax)
      throws IOException, InterruptedException {
    // Not sendAsync: its answers wait for a thread of the pool that all parallel code shares.
    FutureTask<HttpResponse<byte[]>> call =
        new FutureTask<>(() ->
            client.send(
                request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), answerBytesMax)));
    Thread.ofVirtual().name("http").start(call);
    try {
      return call.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new InterruptedIOException("no answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw new IOException(explain(e.getCause() == null ? e : e.getCause()), e);
    } finally {
      call.cancel(true);
    }
  }

  private static String explain(Throwable failure) {
    if (failure instanceof ConnectException && failure.getMessage() == null) {
      return "connection refused";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
