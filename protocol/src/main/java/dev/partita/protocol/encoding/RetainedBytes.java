package dev.partita.protocol.encoding;

import dev.partita.model.Item;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.BatchExecuteStatementResponse;
import dev.partita.model.api.BatchGetItemResponse;
import dev.partita.model.api.BatchStatementError;
import dev.partita.model.api.BatchStatementResponse;
import dev.partita.model.api.BatchWriteItemResponse;
import dev.partita.model.api.CreateTableResponse;
import dev.partita.model.api.DeleteItemResponse;
import dev.partita.model.api.DeleteTableResponse;
import dev.partita.model.api.DescribeContinuousBackupsResponse;
import dev.partita.model.api.DescribeEndpointsResponse;
import dev.partita.model.api.DescribeLimitsResponse;
import dev.partita.model.api.DescribeStreamResponse;
import dev.partita.model.api.DescribeTableResponse;
import dev.partita.model.api.DescribeTimeToLiveResponse;
import dev.partita.model.api.ExecuteStatementResponse;
import dev.partita.model.api.ExecuteTransactionResponse;
import dev.partita.model.api.GetItemResponse;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.GetShardIteratorResponse;
import dev.partita.model.api.ItemResponse;
import dev.partita.model.api.ListStreamsResponse;
import dev.partita.model.api.ListTablesResponse;
import dev.partita.model.api.ListTagsOfResourceResponse;
import dev.partita.model.api.PutItemResponse;
import dev.partita.model.api.QueryResponse;
import dev.partita.model.api.ScanResponse;
import dev.partita.model.api.StreamRecord;
import dev.partita.model.api.TagResourceResponse;
import dev.partita.model.api.TransactGetItemsResponse;
import dev.partita.model.api.TransactWriteItemsResponse;
import dev.partita.model.api.UntagResourceResponse;
import dev.partita.model.api.UpdateItemResponse;
import dev.partita.model.api.UpdateTableResponse;
import dev.partita.model.api.UpdateTimeToLiveResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory that answers hold until they are encoded, so that it can be bounded. */
public final class RetainedBytes {
  /** A stream record without its items, about. */
  private static final long RECORD_BYTES = 256;

  private RetainedBytes() {}

  /** About how many bytes; answers without items count as nothing. */
  public static long of(ApiResponse response) {
    return switch (response) {
      case GetItemResponse get -> of(get.item());
      case PutItemResponse put -> of(put.attributes());
      case UpdateItemResponse update -> of(update.attributes());
      case DeleteItemResponse delete -> of(delete.attributes());
      case QueryResponse query -> of(query.items());
      case ScanResponse scan -> of(scan.items());
      case BatchGetItemResponse batch ->
          batch.responses().values().stream().mapToLong(RetainedBytes::of).sum();
      case TransactGetItemsResponse read -> ofResponses(read.responses());
      case ExecuteTransactionResponse executed -> ofResponses(executed.responses());
      case ExecuteStatementResponse executed -> of(executed.items());
      case BatchExecuteStatementResponse executed -> ofStatements(executed.responses());
      case GetRecordsResponse got -> ofRecords(got.records());
      case BatchWriteItemResponse _,
          CreateTableResponse _,
          DeleteTableResponse _,
          DescribeContinuousBackupsResponse _,
          DescribeEndpointsResponse _,
          DescribeLimitsResponse _,
          DescribeTableResponse _,
          DescribeTimeToLiveResponse _,
          ListTablesResponse _,
          ListTagsOfResourceResponse _,
          TagResourceResponse _,
          UntagResourceResponse _,
          UpdateTableResponse _,
          UpdateTimeToLiveResponse _,
          TransactWriteItemsResponse _,
          ListStreamsResponse _,
          DescribeStreamResponse _,
          GetShardIteratorResponse _ ->
          0;
    };
  }

  private static long ofResponses(List<ItemResponse> responses) {
    return responses.stream().mapToLong(response -> of(response.item())).sum();
  }

  private static long ofStatements(List<BatchStatementResponse> responses) {
    return responses.stream()
        .mapToLong(response -> of(response.item()) + of(response.error()))
        .sum();
  }

  private static long of(@Nullable BatchStatementError error) {
    return error == null ? 0 : of(error.item());
  }

  private static long ofRecords(List<StreamRecord> records) {
    long bytes = records.size() * RECORD_BYTES;
    for (StreamRecord streamRecord : records) {
      bytes += StreamEncoder.itemBytes(streamRecord.dynamodb());
    }
    return bytes;
  }

  private static long of(@Nullable Item item) {
    return item == null ? 0 : item.retainedBytes();
  }

  private static long of(@Nullable List<Item> items) {
    long bytes = 0;
    if (items != null) {
      for (Item item : items) {
        bytes += item.retainedBytes();
      }
    }
    return bytes;
  }
}
