package dev.partita.engine.stream;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.partition.LoggedChange;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.stream.StreamDirectory.Found;
import dev.partita.model.api.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * GetRecords: reads a page of a shard. May read the disk.
 *
 * <p>While it reads, the shard may be closed and its log trimmed. A group stores an entry before
 * its state tells of it, and evaluates the next one after that; so a record of the shard's child is
 * seen only when the state read afterwards says where the shard ends, and a shard that was closed
 * before the read has all its records.
 */
final class RecordReader {
  private static final int LIMIT_DEFAULT = 1_000;
  private static final long PAGE_BYTES_MAX = 1 << 20;

  /** How often a page that is empty because its records were skipped reads on. */
  private static final int READS_MAX = 4;

  private final StreamDirectory directory;
  private final String region;

  RecordReader(StreamDirectory directory, String region) {
    this.directory = directory;
    this.region = region;
  }

  /**
   * A page.
   *
   * @param nextSequence where the next page begins
   * @param ended whether the shard is closed and read to its end
   */
  record Page(List<StreamRecord> records, long nextSequence, boolean ended) {}

  Page read(ShardIterator iterator, @Nullable Integer limit) {
    Found found = directory.require(iterator.arn());
    PartitionId partition = iterator.partition();
    ReplicationGroup group = directory.groupOf(found.table(), partition);
    if (group == null || found.stream().streamId() != iterator.streamId()) {
      throw StreamErrors.shardNotFound();
    }
    StreamRecords records = new StreamRecords(region, found, partition);
    int recordsMax = limit == null ? LIMIT_DEFAULT : limit;
    Page page = new Page(List.of(), iterator.sequence(), false);
    for (int reads = 0; reads < READS_MAX; reads++) {
      long from = page.nextSequence;
      page = read(iterator.advance(from, iterator.created()), group, records, recordsMax);
      if (page.ended || !page.records.isEmpty() || page.nextSequence == from) {
        break;
      }
    }
    return page;
  }

  private static Page read(
      ShardIterator from, ReplicationGroup group, StreamRecords records, int recordsMax) {
    StreamShard shard = shard(from, group);
    PartitionCounters counters = group.counters(from.partition());
    if (from.sequence() > shard.lastSequence()) {
      return new Page(List.of(), from.sequence(), true);
    }
    if (counters == null || from.sequence() > counters.lastSequence()) {
      return new Page(List.of(), from.sequence(), false);
    }
    List<LoggedChange> changes =
        group.changes(from.partition(), from.sequence(), recordsMax, PAGE_BYTES_MAX);
    long lastSequence = shard(from, group).lastSequence();
    List<StreamRecord> page = new ArrayList<>(changes.size());
    long next = from.sequence();
    long pageBytes = 0;
    long readBytes = 0;
    for (LoggedChange change : changes) {
      if (change.sequence() > lastSequence) {
        return new Page(page, next, true);
      }
      readBytes += change.recordBytes();
      if (change.record().kind() != ChangeRecord.Kind.REFRESH) {
        StreamRecord streamRecord = records.of(change);
        pageBytes += streamRecord.dynamodb().sizeBytes();
        if (!page.isEmpty() && pageBytes > PAGE_BYTES_MAX) {
          return new Page(page, next, false);
        }
        page.add(streamRecord);
      }
      next = change.sequence() + 1;
    }
    boolean readToTheEnd = changes.size() < recordsMax && readBytes < PAGE_BYTES_MAX;
    return new Page(page, next, next > lastSequence || (readToTheEnd && !shard.isOpen()));
  }

  /** The shard as it is now, if the place is not trimmed. */
  private static StreamShard shard(ShardIterator from, ReplicationGroup group) {
    ChangeLogState log = group.changeLog(from.partition());
    if (log == null) {
      throw StreamErrors.shardNotFound();
    }
    StreamShard shard = StreamDirectory.shard(log, from.streamId(), from.shard());
    boolean trimmed = from.sequence() <= log.trimmedThrough();
    if (shard == null) {
      throw trimmed ? StreamErrors.trimmed() : StreamErrors.shardNotFound();
    }
    if (trimmed && from.sequence() <= shard.lastSequence()) {
      throw StreamErrors.trimmed();
    }
    return shard;
  }
}
