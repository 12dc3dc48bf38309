package dev.partita.engine.stream;

import dev.partita.base.Clock;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.DescribeStreamResponse;
import dev.partita.model.api.GetRecordsRequest;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.GetShardIteratorResponse;
import dev.partita.model.api.ListStreamsRequest;
import dev.partita.model.api.ListStreamsResponse;
import java.util.List;

/**
 * The operations of DynamoDB Streams. They throw {@link dev.partita.model.api.ApiException} to
 * refuse. Thread-safe.
 */
public final class Streams {
  private static final long ITERATOR_MILLIS_MAX = 15 * 60 * 1000;

  private final StreamListing listing;
  private final StreamDescriptions descriptions;
  private final ShardPositions positions;
  private final RecordReader reader;
  private final IteratorSeal seal;
  private final Clock serviceClock;

  /**
   * The streams of this node's tables.
   *
   * @param groups the data groups, group 1 first
   * @param serviceClock by which iterators expire
   * @param iteratorKey a secret: iterators are good as long as it stays the same
   */
  public Streams(
      TableCatalog catalog,
      List<ReplicationGroup> groups,
      ServerIdentity identity,
      Clock serviceClock,
      byte[] iteratorKey) {
    StreamDirectory directory = new StreamDirectory(catalog, groups);
    this.listing = new StreamListing(directory, identity);
    this.descriptions = new StreamDescriptions(directory, identity);
    this.positions = new ShardPositions(directory, identity);
    this.reader = new RecordReader(directory, identity.region());
    this.seal = new IteratorSeal(iteratorKey);
    this.serviceClock = serviceClock;
  }

  /** ListStreams. */
  public ListStreamsResponse list(ListStreamsRequest request) {
    return listing.list(request);
  }

  /** DescribeStream. */
  public DescribeStreamResponse describe(DescribeStreamRequest request) {
    return descriptions.describe(request);
  }

  /** GetShardIterator. */
  public GetShardIteratorResponse iterator(GetShardIteratorRequest request) {
    return new GetShardIteratorResponse(
        seal.seal(positions.find(request, serviceClock.wallMillis())));
  }

  /** GetRecords. May read the disk. */
  public GetRecordsResponse records(GetRecordsRequest request) {
    ShardIterator iterator = seal.open(request.shardIterator());
    long now = serviceClock.wallMillis();
    // The clock may have gone back since, when the one that was moved was that of an earlier start.
    if (Math.abs(now - iterator.created()) > ITERATOR_MILLIS_MAX) {
      throw StreamErrors.expiredIterator();
    }
    RecordReader.Page page = reader.read(iterator, request.limit());
    return new GetRecordsResponse(
        page.records(),
        page.ended() ? null : seal.seal(iterator.advance(page.nextSequence(), now)));
  }
}
