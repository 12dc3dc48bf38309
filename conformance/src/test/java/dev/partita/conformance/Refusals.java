package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests that must be refused, and how. All are sent before the first mismatch is reported.
 * Bodies are JSON with apostrophes for quotation marks; {@code @T} stands for the table's name.
 */
final class Refusals {
  /** What AWS puts before some messages since 2026. */
  static final String COUNTED = "1 validation error detected: ";

  private final RawClient client;
  private final String table;
  private final List<String> mismatches = new ArrayList<>();

  Refusals(RawClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** A ValidationException with this text. */
  Refusals invalid(String operation, String body, String message) {
    return error(operation, body, "400 ValidationException: " + message);
  }

  /** A ValidationException with this text after the count of errors. */
  Refusals counted(String operation, String body, String message) {
    return invalid(operation, body, COUNTED + message);
  }

  /** A ValidationException with this text somewhere in it. */
  Refusals invalidWith(String operation, String body, String part) {
    RawClient.Answer answer = send(operation, body);
    if (!answer.errorType().equals("ValidationException") || !answer.message().contains(part)) {
      mismatch(operation, body, "400 ValidationException: ..." + part + "...", answer);
    }
    return this;
  }

  /** Status, type and text: {@code 400 ResourceNotFoundException: Requested ...}. */
  Refusals error(String operation, String body, String error) {
    RawClient.Answer answer = send(operation, body);
    if (!answer.error().equals(error.replace("@T", table))) {
      mismatch(operation, body, error, answer);
    }
    return this;
  }

  /** A request that must not be refused, for what comes after it. */
  Refusals sent(String operation, String body) {
    RawClient.Answer answer = send(operation, body);
    if (answer.status() != 200) {
      mismatch(operation, body, "200", answer);
    }
    return this;
  }

  private RawClient.Answer send(String operation, String body) {
    return client.post(operation, body.replace("@T", table));
  }

  private void mismatch(String operation, String body, String expected, RawClient.Answer answer) {
    String shown = body.length() > 400 ? body.substring(0, 400) + "..." : body;
    String error = answer.error();
    mismatches.add(
        "\n%s %s\n  expected %s\n  actual   %s"
            .formatted(
                operation, shown, expected, error.substring(0, Math.min(error.length(), 600))));
  }

  void verify() {
    assertEquals("", String.join("", mismatches));
  }
}
