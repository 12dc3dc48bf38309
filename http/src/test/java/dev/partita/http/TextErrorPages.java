package dev.partita.http;

/** Pages whose text names them. */
final class TextErrorPages implements ErrorPages {
  private static HttpResponse page(int status, String text) {
    return HttpResponse.text(status, "text/plain", text);
  }

  @Override
  public HttpResponse badRequest(String why) {
    return page(400, "bad request: " + why);
  }

  @Override
  public HttpResponse headersTooLarge() {
    return page(400, "headers too large");
  }

  @Override
  public HttpResponse tooLarge() {
    return page(413, "too large");
  }

  @Override
  public HttpResponse unsupportedEncoding(String encoding) {
    return page(500, "unsupported encoding: " + encoding);
  }

  @Override
  public HttpResponse brokenEncoding() {
    return page(500, "broken encoding");
  }

  @Override
  public HttpResponse privatePath() {
    return HttpResponse.text(403, "text/plain", "private");
  }

  @Override
  public HttpResponse overloaded() {
    return page(503, "overloaded");
  }

  @Override
  public HttpResponse internalError() {
    return page(500, "internal error");
  }
}
