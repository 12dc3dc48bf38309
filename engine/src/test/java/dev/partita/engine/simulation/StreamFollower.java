package dev.partita.engine.simulation;

import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.DescribeStreamResponse;
import dev.partita.model.api.GetRecordsRequest;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.GetShardIteratorResponse;
import dev.partita.model.api.Shard;
import dev.partita.model.api.ShardIteratorType;
import dev.partita.model.api.StreamRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream from its beginning, parents before children, a request at a time; a request that
 * was not answered is sent again.
 */
final class StreamFollower {
  private final String streamArn;
  private final int limit;
  private final Map<String, Place> shards = new LinkedHashMap<>();
  private final List<StreamRecord> records = new ArrayList<>();
  private @Nullable String lastShardOfPage;
  private @Nullable Place reading;

  /** Whether shards were listed since the last record or end of a shard. */
  private boolean listed;

  private int emptyReads;

  private static final class Place {
    final String shard;
    final @Nullable String parent;
    @Nullable String iterator;
    boolean ended;

    Place(String shard, @Nullable String parent) {
      this.shard = shard;
      this.parent = parent;
    }
  }

  StreamFollower(String streamArn, int limit) {
    this.streamArn = streamArn;
    this.limit = limit;
  }

  /** What was read, in order within each shard, and parents before children. */
  List<StreamRecord> records() {
    return records;
  }

  int shardCount() {
    return shards.size();
  }

  /** Whether all shards known now were read to their ends, or to where nothing more is. */
  boolean isAtTheEnd() {
    long open = shards.values().stream().filter(shard -> !shard.ended).count();
    return listed && lastShardOfPage == null && emptyReads >= 2 * open;
  }

  /** A request that tells of its shards. */
  ApiRequest describe() {
    return Requests.describeStream(streamArn, null);
  }

  /** The next request. */
  ApiRequest next() {
    Place place = reading;
    if (!listed || lastShardOfPage != null || place == null) {
      return Requests.describeStream(streamArn, lastShardOfPage);
    }
    return place.iterator == null
        ? new GetShardIteratorRequest(streamArn, place.shard, ShardIteratorType.TRIM_HORIZON, null)
        : new GetRecordsRequest(place.iterator, limit);
  }

  /** Takes the answer to the last request. */
  void take(ApiResponse response) {
    if (response instanceof DescribeStreamResponse description) {
      for (Shard shard : description.streamDescription().shards()) {
        shards.putIfAbsent(shard.shardId(), new Place(shard.shardId(), shard.parentShardId()));
      }
      lastShardOfPage = description.streamDescription().lastEvaluatedShardId();
      listed = true;
    } else if (response instanceof GetShardIteratorResponse(String iterator)) {
      require(reading).iterator = iterator;
      return;
    } else if (response instanceof GetRecordsResponse(var page, var nextIterator)) {
      Place place = require(reading);
      records.addAll(page);
      place.iterator = nextIterator;
      place.ended = nextIterator == null;
      emptyReads = page.isEmpty() && !place.ended ? emptyReads + 1 : 0;
      listed = !place.ended;
    }
    choose();
  }

  private static Place require(@Nullable Place place) {
    if (place == null) {
      throw new SimulationFailure("no shard is being read");
    }
    return place;
  }

  /** Open shards in turn; a child when its parent is read. */
  private void choose() {
    List<Place> ready =
        shards.values().stream().filter(place -> !place.ended && parentIsRead(place)).toList();
    reading = ready.isEmpty() ? null : ready.get((ready.indexOf(reading) + 1) % ready.size());
  }

  private boolean parentIsRead(Place place) {
    Place parent = place.parent == null ? null : shards.get(place.parent);
    return parent == null || parent.ended;
  }
}
