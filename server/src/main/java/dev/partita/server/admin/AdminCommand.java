package dev.partita.server.admin;

import java.util.List;

/**
 * What can be asked under one path.
 *
 * @param method GET or POST
 * @param parameters the names of the parameters that it knows
 */
record AdminCommand(String method, List<String> parameters, Action action) {

  /** Does the work, on the endpoint's own thread. */
  @FunctionalInterface
  interface Action {
    /** Answers through {@code reply}, now or later, exactly once, or throws before that. */
    void run(AdminParameters parameters, AdminReply reply) throws AdminException;
  }

  /** A command that only tells. */
  static AdminCommand get(Action action) {
    return new AdminCommand("GET", List.of(), action);
  }

  /** A command that does something. */
  static AdminCommand post(Action action, String... parameters) {
    return new AdminCommand("POST", List.of(parameters), action);
  }
}
