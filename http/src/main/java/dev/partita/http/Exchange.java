package dev.partita.http;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One request and the place of its answer in the order of its connection. Everything but {@link
 * #respond} belongs to the event loop.
 */
final class Exchange implements Responder {
  private static final long RESERVED_BYTES_MIN = 16 << 10;
  private static final VarHandle SOURCE;

  static {
    try {
      SOURCE = MethodHandles.lookup().findVarHandle(Exchange.class, "source", ResponseSource.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Connection connection;
  private final RequestId id;
  private final HttpMethod method;
  private final String target;
  private final HttpHeaders headers;
  private final boolean http10;
  private boolean keepAlive;
  private boolean continueExpected;

  /** Set once by {@link #respond}. */
  private volatile @Nullable ResponseSource source;

  /** The answer has arrived; only then may {@link #source} be run. */
  private boolean answered;

  /** No answer will come: the request was cut short. */
  private boolean abandoned;

  /** The answer as it goes over the wire, if it was made ready elsewhere. */
  private @Nullable PreparedResponse prepared;

  /** Bytes of the budget that this request holds until it is answered. */
  private long charged;

  /** Bytes that the answering thread has borrowed from the budget for the answer. */
  private long reserved;

  /** The next request of the same connection. */
  @Nullable Exchange next;

  /** The next exchange in the stack of answers handed over from other threads. */
  @Nullable Exchange nextHandedOver;

  Exchange(Connection connection, RequestId id, HttpRequest request) {
    this.connection = connection;
    this.id = id;
    this.method = request.method();
    this.target = request.uri();
    this.headers = request.headers();
    this.http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    this.keepAlive = HttpUtil.isKeepAlive(request);
    this.continueExpected =
        !http10
            && headers.containsValue(
                HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, /* ignoreCase= */ true);
  }

  /** For what was no request: the answer is the last of its connection. */
  Exchange(Connection connection, RequestId id) {
    this.connection = connection;
    this.id = id;
    this.method = HttpMethod.GET;
    this.target = "/";
    this.headers = EmptyHttpHeaders.INSTANCE;
    this.http10 = false;
    this.keepAlive = false;
  }

  @Override
  public void respond(ResponseSource answer) {
    if (!respondOnce(answer)) {
      throw new IllegalStateException("Already answered: request=" + id.text());
    }
  }

  /** As {@link #respond}, but tells instead of throwing. */
  boolean respondOnce(ResponseSource answer) {
    if (!SOURCE.compareAndSet(this, null, answer)) {
      return false;
    }
    connection.loop().handOver(this);
    return true;
  }

  /** Sets the answer on the event loop, without handing it over. */
  void answerNow(ResponseSource answer) {
    source = answer;
    answered = true;
  }

  /**
   * Borrows what a large answer holds before it waits for the event loop, on the thread that
   * answers: other threads may make answers faster than the loop takes them. A small one is charged
   * by the loop, without an operation that threads share.
   */
  void reserve() {
    ResponseSource answer = source;
    long bytes = answer == null ? 0 : answer.retainedBytes();
    if (bytes < RESERVED_BYTES_MIN) {
      return;
    }
    ConnectionLoop loop = connection.loop();
    if (loop.sharedBudget().borrow(bytes)) {
      reserved = bytes;
    } else {
      source = () -> loop.errorPages().overloaded();
    }
  }

  /** Charges what was borrowed for the answer to its event loop. */
  void adoptReserve() {
    if (reserved > 0) {
      connection.loop().budget().adopt(reserved);
      charge(reserved);
    }
  }

  /** The answer has arrived on the event loop; what it holds is charged, or it is replaced. */
  void markAnswered() {
    ResponseSource answer = source;
    long bytes = answer == null || prepared != null || reserved > 0 ? 0 : answer.retainedBytes();
    if (bytes > 0) {
      ConnectionLoop loop = connection.loop();
      if (loop.budget().take(bytes)) {
        charge(bytes);
      } else {
        source = () -> loop.errorPages().overloaded();
      }
    }
    answered = true;
  }

  /** The request was cut short; when its turn comes the connection is closed. */
  void abandon() {
    abandoned = true;
    answered = true;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** Takes the answer back until {@link #prepared} is called. */
  void awaitPreparation() {
    answered = false;
  }

  /** The answer is ready to be written. */
  void prepared(PreparedResponse response) {
    prepared = response;
    answered = true;
  }

  @Nullable PreparedResponse preparedResponse() {
    return prepared;
  }

  boolean isAnswered() {
    return answered;
  }

  /** Produces the answer. */
  HttpResponse produce() {
    ResponseSource answer = source;
    if (answer == null) {
      throw new IllegalStateException("Not answered yet: request=" + id.text());
    }
    return answer.produce();
  }

  Connection connection() {
    return connection;
  }

  RequestId id() {
    return id;
  }

  HttpHeaders headers() {
    return headers;
  }

  boolean isHttp10() {
    return http10;
  }

  boolean isHead() {
    return method.equals(HttpMethod.HEAD);
  }

  boolean isOptions() {
    return method.equals(HttpMethod.OPTIONS);
  }

  /** Whether the path is one that pages of other origins must not reach. */
  boolean isPrivate() {
    String prefix = connection.loop().configuration().privatePath();
    return !prefix.isEmpty() && dev.partita.http.HttpRequest.originForm(target).startsWith(prefix);
  }

  boolean isKeptAlive() {
    return keepAlive;
  }

  /** Makes the answer the last of its connection. */
  void endKeepAlive() {
    keepAlive = false;
  }

  boolean isContinueExpected() {
    return continueExpected;
  }

  /** The client has been told to go on, or need not be told any more. */
  void continueSent() {
    continueExpected = false;
  }

  void charge(long bytes) {
    charged += bytes;
  }

  /** Forgets the charge and returns it. */
  long takeCharge() {
    long bytes = charged;
    charged = 0;
    return bytes;
  }

  dev.partita.http.HttpRequest request(byte[] body, String remoteAddress) {
    return new dev.partita.http.HttpRequest(
        method.name(), target, headers, body, remoteAddress, id);
  }
}
