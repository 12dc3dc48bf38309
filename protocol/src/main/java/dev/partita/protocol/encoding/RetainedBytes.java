package dev.partita.protocol.encoding;

import dev.partita.model.Item;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.BatchExecuteStatementResponse;
import dev.partita.model.api.BatchGetItemResponse;
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
import dev.partita.model.api.ListStreamsResponse;
import dev.partita.model.api.ListTablesResponse;
import dev.partita.model.api.ListTagsOfResourceResponse;
import dev.partita.model.api.PutItemResponse;
import dev.partita.model.api.QueryResponse;
import dev.partita.model.api.ScanResponse;
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
          TransactGetItemsResponse _,
          ExecuteStatementResponse _,
          BatchExecuteStatementResponse _,
          ExecuteTransactionResponse _,
          ListStreamsResponse _,
          DescribeStreamResponse _,
          GetShardIteratorResponse _,
          GetRecordsResponse _ ->
          0;
    };
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
