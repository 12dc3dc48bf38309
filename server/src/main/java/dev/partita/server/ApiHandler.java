package dev.partita.server;

import dev.partita.http.HttpRequest;
import dev.partita.http.HttpResponse;
import dev.partita.http.RequestHandler;
import dev.partita.http.Responder;
import dev.partita.http.ResponseSource;
import dev.partita.protocol.JsonProtocol;
import dev.partita.protocol.WireRequest;
import dev.partita.protocol.WireResponse;
import dev.partita.protocol.WireResponseSource;
import dev.partita.server.admin.AdminEndpoint;
import io.netty.util.AsciiString;
import java.util.Objects;

/**
 * Joins HTTP and the JSON protocol: POST / is a request of the API, GET / tells that all is well;
 * what is under {@link AdminEndpoint#PATH} goes to the admin endpoint.
 */
final class ApiHandler implements RequestHandler {
  private static final AsciiString TARGET = AsciiString.cached("x-amz-target");
  private static final AsciiString HOST = AsciiString.cached("host");
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");

  private final JsonProtocol protocol;

  private final RequestHandler admin;

  ApiHandler(JsonProtocol protocol, RequestHandler admin) {
    this.protocol = protocol;
    this.admin = admin;
  }

  @Override
  public void handle(HttpRequest request, Responder responder) {
    if (!request.path().equals("/")) {
      if (request.path().startsWith(AdminEndpoint.PATH)) {
        admin.handle(request, responder);
      } else {
        responder.respond(ApiHandler::notFound);
      }
      return;
    }
    if (request.method().equals("GET")) {
      responder.respond(() -> health(request));
      return;
    }
    protocol.handle(
        new WireRequest(
            request.header(TARGET),
            request.header(CONTENT_TYPE),
            request.header(AUTHORIZATION),
            request.body()),
        source -> responder.respond(new ApiAnswer(source)));
  }

  private static HttpResponse health(HttpRequest request) {
    String host = Objects.requireNonNullElse(request.header(HOST), "");
    return HttpResponse.text(200, "text/plain", "healthy: " + host + " ");
  }

  static HttpResponse notFound() {
    return HttpResponse.text(404, "text/plain", "not found");
  }

  private record ApiAnswer(WireResponseSource source) implements ResponseSource {
    @Override
    public HttpResponse produce() {
      return http(source.encode());
    }

    @Override
    public long retainedBytes() {
      return source.retainedBytes();
    }
  }

  static HttpResponse http(WireResponse response) {
    return new HttpResponse(response.status(), response.contentType(), response.body());
  }
}
