package dev.partita.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the requests of one connection, one at a time, and gives the whole ones to it, with the
 * Content-Encoding undone. What cannot be served although its end is known is read to its end and
 * refused, so that the connection lives on.
 */
final class RequestReceiver {
  private static final HttpResponse NOTHING = HttpResponse.empty(200);

  private final ConnectionLoop loop;
  private final Connection connection;

  /** The request whose body arrives, and what has arrived. */
  private @Nullable Exchange receiving;

  private @Nullable BodyBuffer body;
  private long bodyBytes;
  private @Nullable ContentCoding coding;

  /** Why the request will be refused once it is here. */
  private @Nullable HttpResponse refusal;

  RequestReceiver(ConnectionLoop loop, Connection connection) {
    this.loop = loop;
    this.connection = connection;
  }

  /** No request is half here. */
  boolean isIdle() {
    return receiving == null;
  }

  /** Whether {@code exchange} is half here. */
  boolean isReceiving(Exchange exchange) {
    return receiving == exchange;
  }

  /** Drops the request that is half here and returns it, if there is one. */
  @Nullable Exchange giveUp() {
    Exchange exchange = receiving;
    receiving = null;
    dropBody();
    return exchange;
  }

  /** Takes the next piece from the decoder; the caller releases it. */
  void receive(Object message) {
    if (message instanceof HttpRequest request) {
      begin(request);
    }
    Exchange exchange = receiving;
    if (exchange != null && message instanceof HttpContent content) {
      content(exchange, content);
    }
  }

  /** The head of a request. */
  private void begin(HttpRequest request) {
    Exchange exchange = new Exchange(connection, loop.newRequestId(), request);
    connection.append(exchange);
    receiving = exchange;
    bodyBytes = 0;
    refusal = null;
    coding = null;
    if (request.protocolVersion().majorVersion() != 1) {
      connection.fail(loop.errorPages().badRequest("Only HTTP/1.0 and HTTP/1.1 are spoken here"));
      return;
    }
    HttpHeaders headers = request.headers();
    long declared = declaredLength(headers);
    if (declared == 0) {
      exchange.continueSent();
    } else if (declared > loop.configuration().requestBytesMax()) {
      connection.fail(loop.errorPages().tooLarge());
      return;
    } else if (declared == BodyBuffer.UNKNOWN_LENGTH
        && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
            headers.get(HttpHeaderNames.TRANSFER_ENCODING))) {
      connection.fail(
          loop.errorPages().badRequest("The only Transfer-Encoding spoken here is chunked"));
      return;
    }
    body = new BodyBuffer(loop.budget(), declared);
    String encoding = headers.get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null) {
      contentEncoding(exchange, String.join(",", headers.getAll("Content-Encoding")));
    }
    connection.sendContinueIfExpected();
  }

  /** The declared length of a body that is about to come, 0 for none. */
  private static long declaredLength(HttpHeaders headers) {
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    if (length != null) {
      return Long.parseLong(length);
    }
    return headers.contains(HttpHeaderNames.TRANSFER_ENCODING) ? BodyBuffer.UNKNOWN_LENGTH : 0;
  }

  private void contentEncoding(Exchange exchange, String encoding) {
    if (encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity")) {
      return;
    }
    coding = ContentCoding.ofToken(encoding);
    if (coding == null) {
      HttpResponse page = loop.errorPages().unsupportedEncoding(encoding);
      if (exchange.isContinueExpected()) {
        // Whether the body comes is the client's choice now, so nothing can follow.
        connection.fail(page);
      } else {
        refusal = page;
      }
    }
  }

  /** A piece of the body. */
  private void content(Exchange exchange, HttpContent content) {
    ByteBuf bytes = content.content();
    if (bytes.isReadable()) {
      exchange.continueSent();
      bodyBytes += bytes.readableBytes();
      if (bodyBytes > loop.configuration().requestBytesMax()) {
        connection.fail(loop.errorPages().tooLarge());
        return;
      }
      if (body != null && refusal == null && !body.append(bytes)) {
        dropBody();
        refusal = loop.errorPages().overloaded();
      }
    }
    if (content instanceof LastHttpContent) {
      complete(exchange);
    }
  }

  /** The request is here, whole. */
  private void complete(Exchange exchange) {
    BodyBuffer whole = body;
    HttpResponse refused = refusal;
    receiving = null;
    body = null;
    if (whole != null) {
      exchange.charge(whole.charged());
    }
    if (!exchange.isKeptAlive()) {
      connection.end();
    }
    connection.pauseOrResume();
    if (refused != null) {
      connection.answer(exchange, refused);
    } else if (exchange.isOptions()) {
      connection.answer(exchange, exchange.isPrivate() ? loop.errorPages().privatePath() : NOTHING);
    } else if (whole == null) {
      connection.answer(exchange, loop.errorPages().internalError());
    } else if (coding != null) {
      inflate(exchange, coding, whole);
    } else {
      connection.handle(exchange, whole.toArray());
    }
  }

  private void dropBody() {
    if (body != null) {
      body.discard();
      body = null;
    }
  }

  private void inflate(Exchange exchange, ContentCoding by, BodyBuffer compressed) {
    int bytesMax = loop.configuration().requestBytesMax();
    int length = compressed.length();
    byte[] bytes = compressed.array();
    long worst = Math.min(bytesMax, (long) length * BodyInflater.RATIO_MAX);
    if (!loop.budget().take(worst)) {
      connection.answer(exchange, loop.errorPages().overloaded());
      return;
    }
    exchange.charge(worst);
    if (length <= CompressionPool.INLINE_INFLATE_BYTES_MAX) {
      inflated(exchange, BodyInflater.inflate(by, bytes, length, bytesMax));
    } else if (!loop.offload(
        () -> BodyInflater.inflate(by, bytes, length, bytesMax),
        result -> inflated(exchange, result))) {
      connection.answer(exchange, loop.errorPages().overloaded());
    }
  }

  private void inflated(Exchange exchange, BodyInflater.@Nullable Result result) {
    loop.budget().giveBack(exchange.takeCharge());
    if (connection.isClosed()) {
      connection.forget(exchange);
      return;
    }
    switch (result) {
      case BodyInflater.Result.Whole(byte[] bytes) -> {
        loop.budget().takeAnyway(bytes.length);
        exchange.charge(bytes.length);
        connection.handle(exchange, bytes);
      }
      case BodyInflater.Result.TooLarge() ->
          connection.answer(exchange, loop.errorPages().tooLarge());
      case BodyInflater.Result.Broken() ->
          connection.answer(exchange, loop.errorPages().brokenEncoding());
      case null -> connection.answer(exchange, loop.errorPages().internalError());
    }
  }
}
