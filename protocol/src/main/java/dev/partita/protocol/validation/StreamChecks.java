package dev.partita.protocol.validation;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.ListStreamsRequest;
import dev.partita.model.api.ShardIteratorType;

/** The rules of DynamoDB Streams: what an ARN looks like, and which iterators need a number. */
final class StreamChecks {
  private static final int ARN_PARTS = 6;
  private static final String TABLE = "table/";
  private static final String STREAM = "/stream/";

  private StreamChecks() {}

  static void check(ListStreamsRequest list) {
    String start = list.exclusiveStartStreamArn();
    if (start != null) {
      checkArn(start);
    }
  }

  static void check(DescribeStreamRequest describe) {
    checkArn(describe.streamArn());
  }

  /** The iterators that start at a number have one, the others have none. */
  static void check(GetShardIteratorRequest request) {
    checkArn(request.streamArn());
    ShardIteratorType type = request.shardIteratorType();
    String number = request.sequenceNumber();
    switch (type) {
      case AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER -> {
        if (number == null) {
          throw ApiException.validation(
              "The SequenceNumber parameter is required but was not present in the request when"
                  + " ShardIteratorType is "
                  + type);
        }
        if (!number.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
          throw ApiException.validation("Invalid SequenceNumber: " + number);
        }
      }
      case TRIM_HORIZON, LATEST -> {
        if (number != null) {
          throw ApiException.validation(
              "The SequenceNumber parameter can not be specified when ShardIteratorType is "
                  + type);
        }
      }
    }
  }

  /** {@code arn:PARTITION:dynamodb:REGION:ACCOUNT:table/NAME/stream/LABEL}; labels have colons. */
  private static void checkArn(String arn) {
    String[] parts = arn.split(":", ARN_PARTS);
    boolean wellFormed =
        parts.length == ARN_PARTS
            && parts[0].equals("arn")
            && parts[2].equals("dynamodb")
            && parts[5].startsWith(TABLE)
            && parts[5].indexOf(STREAM) > TABLE.length()
            && !parts[5].endsWith(STREAM);
    if (!wellFormed) {
      throw ApiException.validation("Invalid StreamArn");
    }
  }
}
