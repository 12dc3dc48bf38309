package dev.partita.engine.operation;

import dev.partita.engine.metadata.ControlPlane;
import dev.partita.engine.metadata.DerivedData;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.StreamSpecification;
import dev.partita.model.api.StreamViewType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams that CreateTable and UpdateTable begin and end. */
final class StreamRules {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private StreamRules() {}

  /** What the stream of a new table holds; null if it has none. */
  static @Nullable StreamViewType create(@Nullable StreamSpecification asked) {
    if (asked == null) {
      return null;
    }
    StreamViewType viewType = asked.streamViewType();
    if (asked.streamEnabled() && viewType == null) {
      throw ApiException.validation(
          INVALID + "Table is being created with a stream enabled, UpdateViewType is required");
    }
    if (!asked.streamEnabled() && viewType != null) {
      throw ApiException.validation(
          INVALID
              + "Table is being created with a stream disabled, UpdateViewType should not be"
              + " specified");
    }
    return viewType;
  }

  /** Checks what UpdateTable asks for, whatever the table is like. */
  static void checkUpdate(StreamSpecification asked) {
    StreamViewType viewType = asked.streamViewType();
    if (asked.streamEnabled() && viewType == null) {
      throw ApiException.validation(
          INVALID + "If stream is being enabled then UpdateViewType is required");
    }
    if (!asked.streamEnabled() && viewType != null) {
      throw ApiException.validation(
          INVALID + "If stream is being disabled, then UpdateViewType must not be specified");
    }
  }

  /** What {@code table} makes of its items after UpdateTable. Only from within an action. */
  static DerivedData update(
      TableDescriptor table, StreamSpecification asked, ControlPlane controlPlane, long now) {
    DerivedData derived = table.derived();
    StreamDescriptor enabled = derived.enabledStream();
    List<StreamDescriptor> streams = new ArrayList<>(derived.streams());
    StreamViewType viewType = asked.streamViewType();
    if (asked.streamEnabled() && viewType != null) {
      if (enabled != null) {
        throw ApiException.validation(
            "Table already has an enabled stream: TableName: " + table.name());
      }
      streams.add(controlPlane.newStream(streams, viewType, now));
    } else {
      if (enabled == null) {
        throw ApiException.validation("Table has no stream to disable: TableName: " + table.name());
      }
      streams.removeLast();
      streams.add(enabled.disabledAt(now));
    }
    return derived.withStreams(streams);
  }
}
