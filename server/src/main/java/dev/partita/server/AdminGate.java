package dev.partita.server;

import dev.partita.http.HttpRequest;
import dev.partita.http.RequestHandler;
import dev.partita.http.Responder;
import dev.partita.server.admin.AdminEndpoint;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes the admin endpoint when somebody asks for it, so that a start loads none of its classes.
 */
final class AdminGate implements RequestHandler, AutoCloseable {
  private final AdminMaker maker;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable AdminEndpoint endpoint;
  private boolean closed;

  AdminGate(AdminMaker maker) {
    this.maker = maker;
  }

  @Override
  public void handle(HttpRequest request, Responder responder) {
    AdminEndpoint opened = open();
    if (opened == null) {
      responder.respond(ApiHandler::notFound);
    } else {
      opened.handle(request, responder);
    }
  }

  private @Nullable AdminEndpoint open() {
    lock.lock();
    try {
      if (endpoint == null && !closed) {
        endpoint = maker.make();
      }
      return closed ? null : endpoint;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
