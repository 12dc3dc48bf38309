package dev.partita.server.admin;

import dev.partita.http.HttpRequest;
import dev.partita.http.HttpResponse;
import dev.partita.http.RequestHandler;
import dev.partita.http.Responder;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the paths under {@link #PATH}. Commands run one after another on a thread of its own. */
public final class AdminEndpoint implements RequestHandler, AutoCloseable {
  /** What all its paths begin with. */
  public static final String PATH = "/_partita/";

  private static final Logger LOGGER = LoggerFactory.getLogger(AdminEndpoint.class);
  private static final int BODY_BYTES_MAX = 64 << 10;
  private static final int WAITING_MAX = 64;
  private static final int IDLE_SECONDS_MAX = 10;
  private static final int CLOSE_SECONDS_MAX = 10;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int INTERNAL_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  private final AdminAccess access;
  private final AdminCommands commands;
  private final ThreadPoolExecutor thread;

  /**
   * An endpoint of a running node.
   *
   * @param host what the server was told to listen on
   * @param address where it listens
   */
  public AdminEndpoint(String host, InetSocketAddress address, AdminCommands commands) {
    this.access = new AdminAccess(host, address);
    this.commands = commands;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS_MAX,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().name("admin").daemon(true).factory());
    thread.allowCoreThreadTimeOut(true);
  }

  @Override
  public void handle(HttpRequest request, Responder responder) {
    HttpResponse refusal = refusal(request);
    AdminCommand command = refusal == null ? commands.find(name(request)) : null;
    if (refusal != null || command == null) {
      HttpResponse answer =
          refusal == null ? AdminReply.error(NOT_FOUND, commands.notFound(name(request))) : refusal;
      responder.respond(() -> answer);
      return;
    }
    try {
      thread.execute(() -> run(command, request, responder));
    } catch (RejectedExecutionException full) {
      HttpResponse answer = AdminReply.error(UNAVAILABLE, "too many admin requests are waiting");
      responder.respond(() -> answer);
    }
  }

  private static String name(HttpRequest request) {
    return request.path().substring(PATH.length());
  }

  private @Nullable HttpResponse refusal(HttpRequest request) {
    String why = access.refusal(request);
    if (why != null) {
      return AdminReply.error(FORBIDDEN, why);
    }
    AdminCommand command = commands.find(name(request));
    if (command != null && !command.method().equals(request.method())) {
      return AdminReply.error(
              METHOD_NOT_ALLOWED, "only " + command.method() + " is served under this path")
          .withHeader("Allow", command.method());
    }
    return request.body().length > BODY_BYTES_MAX
        ? AdminReply.error(TOO_LARGE, "the body has more than " + BODY_BYTES_MAX + " bytes")
        : null;
  }

  private static void run(AdminCommand command, HttpRequest request, Responder responder) {
    AdminReply reply = new AdminReply(responder);
    try {
      command
          .action()
          .run(AdminParameters.read(request.body(), request.query(), command.parameters()), reply);
    } catch (AdminException refused) {
      reply.failed(refused.status(), String.valueOf(refused.getMessage()));
    } catch (RuntimeException defect) {
      LOGGER.error("an admin command failed: path={}", request.path(), defect);
      reply.failed(INTERNAL_ERROR, "internal error; the server's log says more");
    }
  }

  /** Finishes what runs. */
  @Override
  public void close() {
    commands.close();
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
