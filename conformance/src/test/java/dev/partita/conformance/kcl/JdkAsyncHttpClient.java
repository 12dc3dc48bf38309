package dev.partita.conformance.kcl;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * The JDK's HTTP client for the asynchronous clients of the AWS SDK, whose own brings a Netty that
 * is not Partita's.
 */
final class JdkAsyncHttpClient implements SdkAsyncHttpClient {
  private static final Set<String> SET_BY_THE_CLIENT = Set.of("host", "content-length", "expect");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    // Not sendAsync: its answers wait for a thread of the common pool, which the library blocks.
    return CompletableFuture.runAsync(
        () -> {
          try {
            pass(client.send(of(request), HttpResponse.BodyHandlers.ofByteArray()), request);
          } catch (IOException | InterruptedException failed) {
            request.responseHandler().onError(failed);
            throw new CompletionException(failed);
          }
        },
        threads);
  }

  private static HttpRequest of(AsyncExecuteRequest request) {
    SdkHttpRequest head = request.request();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(head.getUri()).timeout(Duration.ofSeconds(30));
    head.forEachHeader((name, values) -> {
      if (!SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
        values.forEach(value -> builder.header(name, value));
      }
    });
    long length = request.requestContentPublisher().contentLength().orElse(0L);
    BodyPublisher body =
        length == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(
                FlowAdapters.toFlowPublisher(request.requestContentPublisher()), length);
    return builder.method(head.method().name(), body).build();
  }

  private static void pass(HttpResponse<byte[]> response, AsyncExecuteRequest request) {
    SdkHttpFullResponse.Builder head =
        SdkHttpFullResponse.builder().statusCode(response.statusCode());
    response.headers().map().forEach(head::putHeader);
    request.responseHandler().onHeaders(head.build());
    request.responseHandler().onStream(AsyncRequestBody.fromBytes(response.body()));
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
