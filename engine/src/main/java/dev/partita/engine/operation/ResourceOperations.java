package dev.partita.engine.operation;

import dev.partita.engine.metadata.ControlPlane;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.DescribeContinuousBackupsRequest;
import dev.partita.model.api.DescribeContinuousBackupsResponse;
import dev.partita.model.api.DescribeEndpointsResponse;
import dev.partita.model.api.DescribeLimitsResponse;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ListTagsOfResourceRequest;
import dev.partita.model.api.ListTagsOfResourceResponse;
import dev.partita.model.api.Tag;
import dev.partita.model.api.TagResourceRequest;
import dev.partita.model.api.TagResourceResponse;
import dev.partita.model.api.UntagResourceRequest;
import dev.partita.model.api.UntagResourceResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Tags, and the Describe operations that concern more or less than a table. */
final class ResourceOperations {
  /** The default quotas of an account; Partita itself has no such bound. */
  private static final long ACCOUNT_UNITS_MAX = 80_000;

  private static final long TABLE_UNITS_MAX = 40_000;
  private static final long ENDPOINT_CACHE_MINUTES = 1_440;

  private final RequestRouter router;
  private final ControlPlane controlPlane;
  private final Supplier<String> endpoint;

  ResourceOperations(RequestRouter router, ControlPlane controlPlane, Supplier<String> endpoint) {
    this.router = router;
    this.controlPlane = controlPlane;
    this.endpoint = endpoint;
  }

  void tag(TagResourceRequest request, ApiCallback callback) {
    controlPlane.submit(
        () -> {
          TableDescriptor table = tagged(request.resourceArn());
          controlPlane.tag(table, TagRules.merge(table.tags(), request.tags()));
          return new TagResourceResponse();
        },
        callback);
  }

  void untag(UntagResourceRequest request, ApiCallback callback) {
    controlPlane.submit(
        () -> {
          TableDescriptor table = tagged(request.resourceArn());
          Map<String, String> tags = new LinkedHashMap<>(table.tags());
          request.tagKeys().forEach(tags::remove);
          controlPlane.tag(table, tags);
          return new UntagResourceResponse();
        },
        callback);
  }

  void listTags(ListTagsOfResourceRequest request, ApiCallback callback) {
    TableDescriptor table = tagged(request.resourceArn());
    if (request.nextToken() != null) {
      // All tags fit one page, so no token was ever given out.
      throw ApiException.validation("Invalid NextToken: " + request.nextToken());
    }
    List<Tag> tags =
        table.tags().entrySet().stream()
            .map(entry -> new Tag(entry.getKey(), entry.getValue()))
            .toList();
    callback.completed(new ListTagsOfResourceResponse(tags, null));
  }

  private TableDescriptor tagged(String arn) {
    if (!arn.startsWith("arn:")) {
      throw ApiException.validation("Invalid ResourceArn: ARNs must start with 'arn:': " + arn);
    }
    if (!arn.contains(":table/") || arn.substring(arn.indexOf(":table/") + 7).contains("/")) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Invalid ResourceArn: " + arn);
    }
    TableDescriptor table = router.findByArn(arn);
    if (table == null) {
      throw new ApiException(
          new ApiError(
              ErrorType.RESOURCE_NOT_FOUND,
              "Requested resource not found: ResourceArn: " + arn + " not found"));
    }
    return table;
  }

  void describeLimits(ApiCallback callback) {
    callback.completed(
        new DescribeLimitsResponse(
            ACCOUNT_UNITS_MAX, ACCOUNT_UNITS_MAX, TABLE_UNITS_MAX, TABLE_UNITS_MAX));
  }

  void describeEndpoints(ApiCallback callback) {
    callback.completed(new DescribeEndpointsResponse(endpoint.get(), ENDPOINT_CACHE_MINUTES));
  }

  void describeContinuousBackups(DescribeContinuousBackupsRequest request, ApiCallback callback) {
    if (router.find(request.tableName()) == null) {
      throw new ApiException(
          new ApiError(ErrorType.TABLE_NOT_FOUND, "Table not found: " + request.tableName()));
    }
    callback.completed(new DescribeContinuousBackupsResponse("DISABLED", "DISABLED"));
  }
}
