package dev.partita.model.api;

/** The answer to an {@link ApiRequest} that succeeded. */
public sealed interface ApiResponse
    permits CreateTableResponse,
        UpdateTableResponse,
        DeleteTableResponse,
        DescribeTableResponse,
        ListTablesResponse,
        PutItemResponse,
        UpdateItemResponse,
        DeleteItemResponse,
        GetItemResponse,
        QueryResponse,
        ScanResponse,
        BatchGetItemResponse,
        BatchWriteItemResponse,
        TagResourceResponse,
        UntagResourceResponse,
        ListTagsOfResourceResponse,
        DescribeLimitsResponse,
        DescribeEndpointsResponse,
        DescribeTimeToLiveResponse,
        DescribeContinuousBackupsResponse {}
