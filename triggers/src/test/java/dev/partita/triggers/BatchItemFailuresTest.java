package dev.partita.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As the Lambda developer guide's "Reporting batch item failures" has it. */
class BatchItemFailuresTest {
  private static DeliveryOutcome read(String answer) {
    return BatchItemFailures.read(answer.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "{}",
        "{\"batchItemFailures\":[]}",
        "{\"batchItemFailures\":null}",
        "{\"statusCode\":200,\"body\":{\"batchItemFailures\":[{}]}}"
      })
  void nothingFailed(String answer) {
    assertEquals(new DeliveryOutcome.Delivered(), read(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"},{\"item\":\"2\"}]}",
        "{\"batchItemFailures\":[\"1\"]}",
        "{\"batchItemFailures\":{}}",
        "done",
        "[]",
        "{\"batchItemFailures\":["
      })
  void everythingFailed(String answer) {
    assertInstanceOf(DeliveryOutcome.Failed.class, read(answer));
  }

  @Test
  void someFailed() {
    assertEquals(
        new DeliveryOutcome.PartlyFailed(Set.of("7", "9")),
        read(
            "{\"more\":[1],\"batchItemFailures\":[{\"itemIdentifier\":\"9\",\"x\":{}},"
                + "{\"itemIdentifier\":\"7\"},{\"itemIdentifier\":\"9\"}]}"));
  }
}
