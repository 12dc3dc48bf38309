package dev.partita.engine.metadata;

import dev.partita.engine.change.ChangeCapture;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.partition.PartitionSchema;
import dev.partita.model.KeySchema;
import dev.partita.model.api.StreamViewType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table makes of its items besides keeping them.
 *
 * @param localIndexes at most 5, fixed when the table is created
 * @param globalIndexes at most 20
 * @param streams the enabled one, if there is one, and those that can still be read; oldest first
 * @param timeToLive null if it was never set
 */
public record DerivedData(
    List<IndexDefinition> localIndexes,
    List<GlobalIndexDescriptor> globalIndexes,
    List<StreamDescriptor> streams,
    @Nullable TimeToLive timeToLive) {
  /** A table that only keeps its items. */
  public static final DerivedData NONE = new DerivedData(List.of(), List.of(), List.of(), null);

  /** The local index of this name; null if there is none. */
  public @Nullable IndexDefinition localIndex(String name) {
    for (IndexDefinition index : localIndexes) {
      if (index.name().equals(name)) {
        return index;
      }
    }
    return null;
  }

  /** The global index of this name; null if there is none. */
  public @Nullable GlobalIndexDescriptor globalIndex(String name) {
    for (GlobalIndexDescriptor index : globalIndexes) {
      if (index.name().equals(name)) {
        return index;
      }
    }
    return null;
  }

  /** The stream that is enabled; null if none is. */
  public @Nullable StreamDescriptor enabledStream() {
    return streams.isEmpty() || !streams.getLast().isEnabled() ? null : streams.getLast();
  }

  /** The newest stream, enabled or not; null if there never was one. */
  public @Nullable StreamDescriptor latestStream() {
    return streams.isEmpty() ? null : streams.getLast();
  }

  /** What the writers of the table's partitions must do. */
  public PartitionSchema partitionSchema(KeySchema key) {
    StreamDescriptor stream = enabledStream();
    StreamViewType view = stream == null ? StreamViewType.KEYS_ONLY : stream.viewType();
    boolean indexed = !globalIndexes.isEmpty();
    boolean oldImages =
        switch (view) {
          case OLD_IMAGE, NEW_AND_OLD_IMAGES -> true;
          case NEW_IMAGE, KEYS_ONLY -> indexed;
        };
    boolean newImages =
        switch (view) {
          case NEW_IMAGE, NEW_AND_OLD_IMAGES -> true;
          case OLD_IMAGE, KEYS_ONLY -> indexed;
        };
    return new PartitionSchema(
        key,
        localIndexes,
        new ChangeCapture(indexed, stream == null ? 0 : stream.streamId(), oldImages, newImages),
        timeToLive != null && timeToLive.marksItems() ? timeToLive.attribute() : null);
  }

  /** With other global indexes. */
  public DerivedData withGlobalIndexes(List<GlobalIndexDescriptor> indexes) {
    return new DerivedData(localIndexes, List.copyOf(indexes), streams, timeToLive);
  }

  /** With other streams. */
  public DerivedData withStreams(List<StreamDescriptor> newStreams) {
    return new DerivedData(localIndexes, globalIndexes, List.copyOf(newStreams), timeToLive);
  }

  /** With another time to live. */
  public DerivedData withTimeToLive(@Nullable TimeToLive newTimeToLive) {
    return new DerivedData(localIndexes, globalIndexes, streams, newTimeToLive);
  }
}
