package dev.partita.protocol.validation;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.GetShardIteratorRequest;

/** The rule of DynamoDB Streams that needs no stream: which iterators have a sequence number. */
final class StreamChecks {
  private StreamChecks() {}

  /**
   * Those that start at a number have one, the others have none. Source: ScyllaDB's Alternator
   * suite, test_streams.py, verified on AWS; the words are a guess.
   */
  static void check(GetShardIteratorRequest request) {
    boolean given = request.sequenceNumber() != null;
    switch (request.shardIteratorType()) {
      case AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER -> {
        if (!given) {
          throw ApiException.validation(
              "The SequenceNumber parameter is required but was not present in the request when"
                  + " ShardIteratorType is "
                  + request.shardIteratorType());
        }
      }
      case TRIM_HORIZON, LATEST -> {
        if (given) {
          throw ApiException.validation(
              "The SequenceNumber parameter can not be specified when ShardIteratorType is "
                  + request.shardIteratorType());
        }
      }
    }
  }
}
