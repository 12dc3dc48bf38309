package dev.partita.engine.metadata;

import dev.partita.engine.change.ChangeCapture;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.partition.PartitionSchema;
import dev.partita.model.KeySchema;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TimeToLiveStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table makes of its items besides keeping them.
 *
 * @param localIndexes at most 5, fixed when the table is created
 * @param globalIndexes at most 20; also one that is being made or deleted
 * @param streams the enabled one, if there is one, and those that can still be read; oldest first
 * @param timeToLive null if it was never set
 * @param backfills how far items that are older than an index or than time to live are done; a
 *     partition that is not named has not begun
 */
public record DerivedData(
    List<IndexDefinition> localIndexes,
    List<GlobalIndexDescriptor> globalIndexes,
    List<StreamDescriptor> streams,
    @Nullable TimeToLive timeToLive,
    List<BackfillPosition> backfills) {
  /** A table that only keeps its items. */
  public static final DerivedData NONE = new DerivedData(List.of(), List.of(), List.of(), null);

  /** Nothing is being filled. */
  public DerivedData(
      List<IndexDefinition> localIndexes,
      List<GlobalIndexDescriptor> globalIndexes,
      List<StreamDescriptor> streams,
      @Nullable TimeToLive timeToLive) {
    this(localIndexes, globalIndexes, streams, timeToLive, List.of());
  }

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

  /** The global index of this number; null if there is none (any more). */
  @Nullable GlobalIndexDescriptor globalIndex(int number) {
    for (GlobalIndexDescriptor index : globalIndexes) {
      if (index.definition().number() == number) {
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
    boolean indexed = globalIndexes.stream().anyMatch(GlobalIndexDescriptor::followsChanges);
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

  /** With other global indexes; what was remembered of the filling of others is forgotten. */
  public DerivedData withGlobalIndexes(List<GlobalIndexDescriptor> indexes) {
    DerivedData changed =
        new DerivedData(localIndexes, List.copyOf(indexes), streams, timeToLive, backfills);
    return changed.withBackfills(
        backfills.stream()
            .filter(position -> {
              GlobalIndexDescriptor index = changed.globalIndex(position.purpose());
              return position.purpose() == BackfillPosition.TIME_TO_LIVE
                  || (index != null && index.backfilling());
            })
            .toList());
  }

  /** With one of the global indexes changed. */
  public DerivedData withGlobalIndex(GlobalIndexDescriptor changed) {
    return withGlobalIndexes(
        globalIndexes.stream()
            .map(index ->
                index.definition().number() == changed.definition().number() ? changed : index)
            .toList());
  }

  /** With other streams. */
  public DerivedData withStreams(List<StreamDescriptor> newStreams) {
    return new DerivedData(
        localIndexes, globalIndexes, List.copyOf(newStreams), timeToLive, backfills);
  }

  /** With another time to live; what was remembered of the marking of items is forgotten. */
  public DerivedData withTimeToLive(@Nullable TimeToLive newTimeToLive) {
    return new DerivedData(localIndexes, globalIndexes, streams, newTimeToLive, backfills)
        .withBackfills(
            backfills.stream()
                .filter(position -> position.purpose() != BackfillPosition.TIME_TO_LIVE)
                .toList());
  }

  /** With other positions of backfills. */
  DerivedData withBackfills(List<BackfillPosition> positions) {
    return new DerivedData(
        localIndexes, globalIndexes, streams, timeToLive, List.copyOf(positions));
  }

  /** With what one backfill has come to. */
  DerivedData withBackfill(int purpose, List<BackfillPosition> positions) {
    List<BackfillPosition> all = new ArrayList<>(positions);
    for (BackfillPosition position : backfills) {
      if (position.purpose() != purpose) {
        all.add(position);
      }
    }
    return withBackfills(all);
  }

  /** Once the groups know: new indexes begin to be filled, those that were deleted are gone. */
  DerivedData settled() {
    List<GlobalIndexDescriptor> indexes = new ArrayList<>(globalIndexes.size());
    for (GlobalIndexDescriptor index : globalIndexes) {
      switch (index.status()) {
        case CREATING -> indexes.add(index.withStatus(IndexStatus.CREATING, true));
        case UPDATING -> indexes.add(index.withStatus(IndexStatus.ACTIVE, false));
        case ACTIVE -> indexes.add(index);
        case DELETING -> {}
      }
    }
    return withGlobalIndexes(indexes);
  }

  /** All that follows from items is to be made again: indexes from their partitions on. */
  DerivedData toMakeAgain() {
    List<GlobalIndexDescriptor> indexes = new ArrayList<>(globalIndexes.size());
    for (GlobalIndexDescriptor index : globalIndexes) {
      switch (index.status()) {
        case DELETING -> indexes.add(index);
        case CREATING, ACTIVE, UPDATING ->
            indexes.add(index.withStatus(IndexStatus.CREATING, false));
      }
    }
    TimeToLive marksAgain =
        timeToLive != null && timeToLive.status() == TimeToLiveStatus.ENABLED
            ? timeToLive.withStatus(TimeToLiveStatus.ENABLING)
            : timeToLive;
    return withGlobalIndexes(indexes).withTimeToLive(marksAgain).withBackfills(List.of());
  }
}
