package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** One change to the global indexes of a table; exactly one member is set in a valid request. */
public record GlobalSecondaryIndexUpdate(
    @Nullable Update update, @Nullable GlobalSecondaryIndex create, @Nullable Delete delete) {

  /** New throughput of an index that exists. */
  public record Update(
      String indexName,
      @Nullable ProvisionedThroughput provisionedThroughput,
      @Nullable OnDemandThroughput onDemandThroughput,
      @Nullable WarmThroughput warmThroughput) {}

  /** Drops an index. */
  public record Delete(String indexName) {}
}
