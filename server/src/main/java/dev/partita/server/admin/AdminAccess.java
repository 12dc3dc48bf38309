package dev.partita.server.admin;

import dev.partita.http.HttpRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps browser pages out. The API is open to every origin; here
 *
 * <ul>
 *   <li>a request with an Origin is refused, and a POST needs a content type or a header that a
 *       page of another origin may send only after a preflight, which is refused too;
 *   <li>the Host must be a name of this machine or of what the server listens on, so that a page
 *       whose own name was made to point here (DNS rebinding) gets nothing either.
 * </ul>
 *
 * Where the server listens on every address, any address and any name that nobody can register (one
 * label, or under .internal) is accepted.
 */
final class AdminAccess {
  /** A header that says that a request is meant for this endpoint. */
  static final String MEANT_HEADER = "X-Partita-Admin";

  private static final String JSON = "application/json";

  private final String listensOn;
  private final boolean everyAddress;

  /**
   * For a server that listens on an address.
   *
   * @param host as it was configured
   */
  AdminAccess(String host, InetSocketAddress address) {
    this.listensOn = host.toLowerCase(Locale.ROOT);
    this.everyAddress = address.getAddress() != null && address.getAddress().isAnyLocalAddress();
  }

  /** Why a request must not be served; null if it may. */
  @Nullable String refusal(HttpRequest request) {
    if (request.header("Origin") != null) {
      return "requests from web pages are refused here";
    }
    List<String> hosts = request.headerValues("Host");
    if (hosts.size() != 1 || !isOwn(nameOf(hosts.getFirst()))) {
      return "the Host header names neither this machine nor what the server listens on";
    }
    if (request.method().equals("POST") && !isMeant(request)) {
      return "a POST here needs the header Content-Type: "
          + JSON
          + " or "
          + MEANT_HEADER
          + ": true";
    }
    return null;
  }

  private static boolean isMeant(HttpRequest request) {
    if (request.header(MEANT_HEADER) != null) {
      return true;
    }
    List<String> types = request.headerValues("Content-Type");
    if (types.size() != 1) {
      return false;
    }
    String type = types.getFirst();
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().equalsIgnoreCase(JSON);
  }

  /** The host without port and brackets, in lower case. */
  private static String nameOf(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      int end = name.indexOf(']');
      return end < 0 ? "" : name.substring(1, end);
    }
    int port = name.lastIndexOf(':');
    return port < 0 ? name : name.substring(0, port);
  }

  private boolean isOwn(String name) {
    if (name.isEmpty()) {
      return false;
    }
    if (name.equals("localhost") || name.endsWith(".localhost") || name.equals(listensOn)) {
      return true;
    }
    InetAddress literal = literal(name);
    if (literal != null) {
      return everyAddress || literal.isLoopbackAddress();
    }
    return everyAddress && (name.indexOf('.') < 0 || name.endsWith(".internal"));
  }

  private static @Nullable InetAddress literal(String name) {
    try {
      return InetAddress.ofLiteral(name);
    } catch (IllegalArgumentException isName) {
      return null;
    }
  }
}
