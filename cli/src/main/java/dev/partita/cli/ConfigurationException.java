package dev.partita.cli;

import java.util.List;

/** The configuration is wrong in one or more places; the message has a line for each. */
final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigurationException(List<String> errors) {
    super(String.join("\n", errors));
  }

  /** One line for each error, in the order in which they were found. */
  List<String> errors() {
    return String.valueOf(getMessage()).lines().toList();
  }
}
