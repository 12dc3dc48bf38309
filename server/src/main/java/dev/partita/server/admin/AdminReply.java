package dev.partita.server.admin;

import dev.partita.http.HttpResponse;
import dev.partita.http.Responder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes the answer of a command, on any thread; only the first counts. */
final class AdminReply {
  private static final String JSON = "application/json";
  private static final int OK = 200;

  private final Responder responder;
  private final AtomicBoolean answered = new AtomicBoolean();

  AdminReply(Responder responder) {
    this.responder = responder;
  }

  /** The command is done. */
  void done(Map<String, ?> answer) {
    send(new HttpResponse(OK, JSON, AdminJson.write(answer)));
  }

  /** The command is done and answers with text. */
  void done(String contentType, String text) {
    send(HttpResponse.text(OK, contentType, text));
  }

  /** The command cannot be carried out. */
  void failed(int status, String why) {
    send(error(status, why));
  }

  private void send(HttpResponse response) {
    if (answered.compareAndSet(false, true)) {
      responder.respond(() -> response);
    }
  }

  /** How an error looks. */
  static HttpResponse error(int status, String why) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("Error", why);
    return new HttpResponse(status, JSON, AdminJson.write(error));
  }
}
