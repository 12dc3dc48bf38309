package dev.partita.triggers;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.partita.base.Clock;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Batches that were given up, one JSON object a line, each on disk when {@link #write} returns. The
 * members are those of the record that Lambda sends to a destination on failure, and {@code
 * payload} with the event itself, because a stream forgets its records after a day. The file is
 * opened for each line, so it may be moved away at any time. Thread-safe.
 */
final class DeadLetters {
  private final Path file;
  private final Clock clock;

  DeadLetters(Path file, Clock clock) {
    this.file = file.toAbsolutePath().normalize();
    this.clock = clock;
  }

  /** Why a batch was given up, in Lambda's words. */
  enum Condition {
    /** It was tried often enough. */
    RETRIES_EXHAUSTED("RetryAttemptsExhausted"),
    /** Its records became too old. */
    RECORD_AGE_EXCEEDED("RecordAgeExceeded");

    private final String text;

    Condition(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Appends a line. */
  synchronized void write(StreamBatch batch, Condition condition, String cause, int attempts)
      throws IOException {
    boolean isNew = !Files.exists(file);
    boolean torn = !isNew && !endsWithNewline();
    try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
      if (torn) {
        out.write('\n');
      }
      try (JsonGenerator json = JsonFields.FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        line(json, batch, condition, cause, attempts);
      }
      out.write('\n');
      out.getFD().sync();
    }
    if (isNew) {
      Directories.force(file.getParent());
    }
  }

  /** A crash may have left half a line. */
  private boolean endsWithNewline() throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "r")) {
      if (access.length() == 0) {
        return true;
      }
      access.seek(access.length() - 1);
      return access.read() == '\n';
    }
  }

  private void line(
      JsonGenerator json, StreamBatch batch, Condition condition, String cause, int attempts)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("requestContext");
    json.writeStringField("condition", condition.toString());
    json.writeNumberField("approximateInvokeCount", attempts);
    json.writeEndObject();
    json.writeObjectFieldStart("responseContext");
    json.writeStringField("functionError", cause);
    json.writeEndObject();
    json.writeStringField("version", "1.0");
    json.writeStringField("timestamp", Instant.ofEpochMilli(clock.wallMillis()).toString());
    json.writeObjectFieldStart("DDBStreamBatchInfo");
    json.writeStringField("shardId", batch.shardId());
    json.writeStringField("startSequenceNumber", batch.firstSequenceNumber());
    json.writeStringField("endSequenceNumber", batch.lastSequenceNumber());
    json.writeStringField(
        "approximateArrivalOfFirstRecord", batch.records().getFirst().createdAt().toString());
    json.writeStringField(
        "approximateArrivalOfLastRecord", batch.records().getLast().createdAt().toString());
    json.writeNumberField("batchSize", batch.records().size());
    json.writeStringField("streamArn", batch.streamArn());
    json.writeEndObject();
    json.writeFieldName("payload");
    json.writeRawValue(new String(batch.eventJson(), StandardCharsets.UTF_8));
    json.writeEndObject();
  }
}
