package dev.partita.engine.operation;

import dev.partita.model.api.BillingMode;

/**
 * How many partitions a table or global index starts with: as many as its throughput needs, four
 * when on demand.
 *
 * <p>Source: AWS, "Partitions and data distribution in DynamoDB".
 */
final class PartitionCounts {
  private static final int ON_DEMAND_PARTITIONS = 4;
  private static final double PARTITION_READ_UNITS = 3_000;
  private static final double PARTITION_WRITE_UNITS = 1_000;
  private static final int PARTITIONS_MAX = 1_000;

  private PartitionCounts() {}

  static int of(BillingMode billingMode, long readCapacityUnits, long writeCapacityUnits) {
    return switch (billingMode) {
      case PAY_PER_REQUEST -> ON_DEMAND_PARTITIONS;
      case PROVISIONED -> {
        double needed =
            readCapacityUnits / PARTITION_READ_UNITS + writeCapacityUnits / PARTITION_WRITE_UNITS;
        yield (int) Math.clamp(Math.ceil(needed), 1, PARTITIONS_MAX);
      }
    };
  }
}
