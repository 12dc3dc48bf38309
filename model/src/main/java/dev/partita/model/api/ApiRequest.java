package dev.partita.model.api;

/**
 * A request as a client sent it: typed, within the constraints of the API model, not yet looked at.
 */
public sealed interface ApiRequest
    permits CreateTableRequest,
        UpdateTableRequest,
        DescribeTableRequest,
        DeleteTableRequest,
        ListTablesRequest,
        PutItemRequest,
        DeleteItemRequest,
        UpdateItemRequest,
        GetItemRequest,
        QueryRequest,
        ScanRequest,
        BatchGetItemRequest,
        BatchWriteItemRequest,
        TagResourceRequest,
        UntagResourceRequest,
        ListTagsOfResourceRequest,
        DescribeLimitsRequest,
        DescribeEndpointsRequest,
        DescribeTimeToLiveRequest,
        DescribeContinuousBackupsRequest,
        UpdateTimeToLiveRequest,
        TransactWriteItemsRequest,
        TransactGetItemsRequest,
        ExecuteStatementRequest,
        BatchExecuteStatementRequest,
        ExecuteTransactionRequest,
        ListStreamsRequest,
        DescribeStreamRequest,
        GetShardIteratorRequest,
        GetRecordsRequest {}
