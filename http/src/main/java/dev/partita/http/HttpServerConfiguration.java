package dev.partita.http;

import java.time.Duration;

/**
 * Where the server listens and what it bears. Made with {@link #builder()}; every limit has a
 * default.
 *
 * @param host address to listen on, nothing else is; default 127.0.0.1
 * @param port 0 to 65535, 0 lets the system choose; default 8000
 * @param eventLoops threads that move bytes, at least 1; default half the processors
 * @param privatePath what the paths begin with that pages of other origins must not reach: no CORS
 *     headers there, and preflights are refused; empty, the default, for none
 * @param requestBytesMax longest body, after decompression; default 16 MiB
 * @param headerBytesMax longest request line, and longest sum of headers; default 16 KiB
 * @param requestsInFlightMax requests of one connection that may wait for answers; at this bound
 *     nothing more is read from it; default 64
 * @param connectionsMax open connections; one more is answered with {@link ErrorPages#overloaded()}
 *     and closed; default 20,000
 * @param bufferedBytesMax request bodies that are received or handled plus answers that wait for
 *     slow readers; a body beyond it is answered with {@link ErrorPages#overloaded()}; default a
 *     quarter of the heap, at least 64 MiB
 * @param idleTimeout a connection without a request for so long is closed; default 5 minutes
 * @param requestTimeout a request must arrive whole within this time of its first byte, otherwise
 *     the connection is closed; default 30 s
 * @param responseTimeout a client must take at least 64 KiB, or all that waits for it, in each such
 *     span of time, otherwise the connection is closed; default 30 s
 * @param closeTimeout how long {@link HttpServer#close()} waits for answers in flight; default 10 s
 */
public record HttpServerConfiguration(
    String host,
    int port,
    int eventLoops,
    String privatePath,
    int requestBytesMax,
    int headerBytesMax,
    int requestsInFlightMax,
    int connectionsMax,
    long bufferedBytesMax,
    Duration idleTimeout,
    Duration requestTimeout,
    Duration responseTimeout,
    Duration closeTimeout) {

  public HttpServerConfiguration {
    require(port >= 0 && port <= 65_535, "port", port);
    require(eventLoops >= 1, "eventLoops", eventLoops);
    require(requestBytesMax >= 1, "requestBytesMax", requestBytesMax);
    require(headerBytesMax >= 256, "headerBytesMax", headerBytesMax);
    require(requestsInFlightMax >= 1, "requestsInFlightMax", requestsInFlightMax);
    require(connectionsMax >= 1, "connectionsMax", connectionsMax);
    require(bufferedBytesMax >= requestBytesMax, "bufferedBytesMax", bufferedBytesMax);
    require(idleTimeout.isPositive(), "idleTimeout", idleTimeout);
    require(requestTimeout.isPositive(), "requestTimeout", requestTimeout);
    require(responseTimeout.isPositive(), "responseTimeout", responseTimeout);
    require(!closeTimeout.isNegative(), "closeTimeout", closeTimeout);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("Out of range: " + name + "=" + value);
    }
  }

  /** All defaults. */
  public static HttpServerConfiguration defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the settings that differ from the defaults. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port = 8000;
    private int eventLoops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private String privatePath = "";
    private int requestBytesMax = 16 << 20;
    private int headerBytesMax = 16 << 10;
    private int requestsInFlightMax = 64;
    private int connectionsMax = 20_000;
    private long bufferedBytesMax = Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4);
    private Duration idleTimeout = Duration.ofMinutes(5);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration responseTimeout = Duration.ofSeconds(30);
    private Duration closeTimeout = Duration.ofSeconds(10);

    private Builder() {}

    public Builder host(String value) {
      host = value;
      return this;
    }

    public Builder port(int value) {
      port = value;
      return this;
    }

    public Builder eventLoops(int value) {
      eventLoops = value;
      return this;
    }

    public Builder privatePath(String value) {
      privatePath = value;
      return this;
    }

    public Builder requestBytesMax(int value) {
      requestBytesMax = value;
      return this;
    }

    public Builder headerBytesMax(int value) {
      headerBytesMax = value;
      return this;
    }

    public Builder requestsInFlightMax(int value) {
      requestsInFlightMax = value;
      return this;
    }

    public Builder connectionsMax(int value) {
      connectionsMax = value;
      return this;
    }

    public Builder bufferedBytesMax(long value) {
      bufferedBytesMax = value;
      return this;
    }

    public Builder idleTimeout(Duration value) {
      idleTimeout = value;
      return this;
    }

    public Builder requestTimeout(Duration value) {
      requestTimeout = value;
      return this;
    }

    public Builder responseTimeout(Duration value) {
      responseTimeout = value;
      return this;
    }

    public Builder closeTimeout(Duration value) {
      closeTimeout = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException naming the first setting that is out of range
     */
    public HttpServerConfiguration build() {
      return new HttpServerConfiguration(
          host,
          port,
          eventLoops,
          privatePath,
          requestBytesMax,
          headerBytesMax,
          requestsInFlightMax,
          connectionsMax,
          bufferedBytesMax,
          idleTimeout,
          requestTimeout,
          responseTimeout,
          closeTimeout);
    }
  }
}
