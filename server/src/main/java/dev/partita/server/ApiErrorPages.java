package dev.partita.server;

import dev.partita.http.ErrorPages;
import dev.partita.http.HttpResponse;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ErrorType;
import dev.partita.protocol.JsonProtocol;

/** Errors of the transport, rendered as the API renders its own. */
final class ApiErrorPages implements ErrorPages {
  private final JsonProtocol protocol;

  ApiErrorPages(JsonProtocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public HttpResponse badRequest(String why) {
    return HttpResponse.text(400, "text/plain", why);
  }

  @Override
  public HttpResponse headersTooLarge() {
    return badRequest("Request line or headers are too long");
  }

  @Override
  public HttpResponse tooLarge() {
    return page(new ApiError(ErrorType.REQUEST_TOO_LARGE, "Request is larger than 16 MB"));
  }

  @Override
  public HttpResponse unsupportedEncoding(String encoding) {
    return internalError();
  }

  @Override
  public HttpResponse brokenEncoding() {
    return internalError();
  }

  @Override
  public HttpResponse privatePath() {
    return HttpResponse.text(403, "text/plain", "web pages are refused here");
  }

  @Override
  public HttpResponse overloaded() {
    return page(
        new ApiError(
            ErrorType.SERVICE_UNAVAILABLE,
            "Too many requests are waiting; send this one again later"));
  }

  @Override
  public HttpResponse internalError() {
    return page(new ApiError(ErrorType.INTERNAL_SERVER_ERROR, "Internal server error"));
  }

  private HttpResponse page(ApiError error) {
    return ApiHandler.http(protocol.error(error));
  }
}
