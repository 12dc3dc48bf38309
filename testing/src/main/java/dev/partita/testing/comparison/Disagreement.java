package dev.partita.testing.comparison;

import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.generator.RequestPrinter;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * An operation whose two answers differ.
 *
 * @param explanation what differs
 * @param before operations that lead to it on new tables, after shrinking as few as were found
 * @param operation the operation
 * @param expected the model's answer
 * @param actual the server's answer
 */
public record Disagreement(
    String explanation,
    List<GeneratedOperation> before,
    GeneratedOperation operation,
    Reply expected,
    Reply actual) {

  /** Longer values are cut in reports. */
  private static final int CHARACTERS_MAX = 6_000;

  public Disagreement {
    before = List.copyOf(before);
  }

  /** The requests to send and both answers, readable by people. */
  String describe() {
    List<String> lines = new ArrayList<>();
    lines.add(explanation);
    lines.add("operations before, on new tables (" + before.size() + "):");
    for (GeneratedOperation earlier : before) {
      lines.add("  " + request(earlier));
    }
    lines.add("the operation:");
    lines.add("  " + request(operation));
    lines.add("expected: " + answer(expected));
    lines.add("actual:   " + answer(actual));
    return String.join("\n", lines);
  }

  private static String request(GeneratedOperation operation) {
    Json request = RequestPrinter.print(operation);
    return operation.operation().name() + " " + shortened(request.print());
  }

  private static String answer(Reply reply) {
    String error = reply.succeeded() ? "" : reply.errorType() + " \"" + reply.message() + "\" ";
    return reply.status()
        + " "
        + error
        + shortened(AnswerComparer.normalised(reply.body()).print());
  }

  private static String shortened(String text) {
    return text.length() <= CHARACTERS_MAX
        ? text
        : text.substring(0, CHARACTERS_MAX) + "... (" + text.length() + " characters)";
  }
}
