package dev.partita.server.admin;

import dev.partita.engine.scrub.Difference;
import dev.partita.engine.scrub.IndexResult;
import dev.partita.engine.scrub.ScrubReport;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check found, as JSON. */
final class ScrubReportJson {
  private ScrubReportJson() {}

  static Map<String, Object> of(ScrubReport report) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("TableName", report.tableName());
    told.put("Consistent", report.isClean());
    if (!report.failure().isEmpty()) {
      told.put("Failure", report.failure());
    }
    told.put("Items", report.items());
    told.put("ItemBytes", report.itemBytes());
    told.put("ExpiryMarks", report.expiryMarks());
    told.put("Indexes", report.indexes().stream().map(ScrubReportJson::of).toList());
    told.put("DifferenceCount", report.differenceCount());
    told.put("Differences", report.differences().stream().map(ScrubReportJson::of).toList());
    told.put("Unsettled", report.unsettled());
    told.put("Milliseconds", report.millis());
    return told;
  }

  private static Map<String, Object> of(IndexResult index) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("IndexName", index.name());
    told.put("Kind", index.global() ? "global" : "local");
    if (!index.skipped().isEmpty()) {
      told.put("NotChecked", index.skipped());
      return told;
    }
    told.put("Rows", index.rows());
    told.put("RowsExpected", index.rowsExpected());
    told.put("Missing", index.missing());
    told.put("Superfluous", index.superfluous());
    told.put("Different", index.different());
    return told;
  }

  private static Map<String, Object> of(Difference difference) {
    Map<String, Object> told = new LinkedHashMap<>();
    switch (difference) {
      case Difference.Row row -> {
        told.put("IndexName", row.indexName());
        told.put("Row", row.problem());
        putKey(told, row.itemKey());
        told.put("RowKey", row.rowKey());
        if (row.problem() == Difference.Problem.DIFFERENT) {
          told.put("Attributes", row.attributes());
        }
      }
      case Difference.ExpiryMark mark -> {
        told.put("ExpiryMark", mark.problem());
        putKey(told, mark.itemKey());
        told.put("Second", mark.second());
      }
      case Difference.Count count -> {
        told.put("Count", count.name());
        told.put("Where", count.where());
        told.put("Stored", count.stored());
        told.put("Counted", count.counted());
      }
      case Difference.Damaged damaged -> {
        told.put("Damaged", damaged.message());
        told.put("Where", damaged.where());
        told.put("StorageKey", damaged.key());
      }
    }
    return told;
  }

  private static void putKey(Map<String, Object> told, @Nullable Item key) {
    if (key != null) {
      Map<String, Object> attributes = new LinkedHashMap<>();
      key.attributes().forEach((name, value) -> attributes.put(name, keyValue(value)));
      told.put("Key", attributes);
    }
  }

  /** A key value as the API writes it. */
  private static Map<String, String> keyValue(AttributeValue value) {
    return switch (value) {
      case AttributeValue.StringValue(String text) -> Map.of("S", text);
      case AttributeValue.NumberValue(var number) -> Map.of("N", number.toString());
      case AttributeValue.BinaryValue(var bytes) ->
          Map.of("B", Base64.getEncoder().encodeToString(bytes.array()));
      case AttributeValue other -> throw new IllegalArgumentException("no key: " + other.type());
    };
  }
}
