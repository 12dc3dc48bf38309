package dev.partita.triggers;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads which records of a batch have failed, as Lambda reads a function's answer under
 * ReportBatchItemFailures: nothing, {@code null}, {@code {}} and an empty or null list mean that
 * none has; an entry without an identifier means that the whole batch has.
 */
final class BatchItemFailures {
  private final Set<String> identifiers = new HashSet<>();
  private boolean unnamed;

  private BatchItemFailures() {}

  /** What the answer says; one that is not JSON is a failure. */
  static DeliveryOutcome read(byte[] answer) {
    BatchItemFailures failures = new BatchItemFailures();
    try (JsonParser parser = JsonFields.FACTORY.createParser(answer)) {
      JsonToken first = parser.nextToken();
      if (first != null && first != JsonToken.VALUE_NULL) {
        JsonFields.object(parser, name -> failures.member(parser, name));
      }
    } catch (IOException e) {
      return new DeliveryOutcome.Failed("the answer is no list of failures: " + e.getMessage());
    }
    if (failures.unnamed) {
      return new DeliveryOutcome.Failed("the handler reported a failed record without its number");
    }
    return failures.identifiers.isEmpty()
        ? new DeliveryOutcome.Delivered()
        : new DeliveryOutcome.PartlyFailed(failures.identifiers);
  }

  private void member(JsonParser parser, String name) throws IOException {
    if (!name.equals("batchItemFailures")) {
      parser.skipChildren();
    } else if (!parser.hasToken(JsonToken.VALUE_NULL)) {
      JsonFields.array(parser, () -> entry(parser));
    }
  }

  private void entry(JsonParser parser) throws IOException {
    boolean[] named = new boolean[1];
    JsonFields.object(
        parser,
        name -> {
          if (!name.equals("itemIdentifier")) {
            parser.skipChildren();
          } else if (parser.hasToken(JsonToken.VALUE_STRING) && !parser.getText().isEmpty()) {
            identifiers.add(parser.getText());
            named[0] = true;
          }
        });
    unnamed |= !named[0];
  }
}
