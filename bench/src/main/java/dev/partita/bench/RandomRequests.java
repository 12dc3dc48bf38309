package dev.partita.bench;

import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The measured workload: an endless, seeded stream of requests. */
final class RandomRequests implements RequestSource {
  private final SplittableRandom random;
  private final KeyChooser items;
  private final KeyChooser collections;
  private final Operation[] operations;
  private final int[] upTo;
  private final int totalWeight;

  RandomRequests(BenchmarkSettings.Workload workload, SplittableRandom random) {
    this.random = random;
    this.items = KeyChooser.of(workload.distribution(), workload.keyCount(), random.split());
    this.collections =
        KeyChooser.of(workload.distribution(), workload.collectionCount(), random.split());
    Map<Operation, Integer> weights = workload.mix().weights();
    this.operations = weights.keySet().toArray(Operation[]::new);
    this.upTo = new int[operations.length];
    int sum = 0;
    for (int i = 0; i < operations.length; i++) {
      Integer weight = weights.get(operations[i]);
      sum += weight == null ? 0 : weight;
      upTo[i] = sum;
    }
    this.totalWeight = sum;
  }

  @Override
  public boolean next(PlannedRequest slot) {
    slot.operation = chooseOperation();
    boolean collection = slot.operation == Operation.QUERY;
    slot.inCollection = collection;
    slot.key = collection ? collections.next() : items.next();
    slot.position = 0;
    slot.number = 1_000_000 + random.nextInt(9_000_000);
    return true;
  }

  private Operation chooseOperation() {
    if (operations.length == 1) {
      return operations[0];
    }
    int drawn = random.nextInt(totalWeight);
    int i = 0;
    while (drawn >= upTo[i]) {
      i++;
    }
    return operations[i];
  }

  @Override
  public boolean isExhausted() {
    return false;
  }

  @Override
  public void answered(PlannedRequest request, @Nullable String error) {
    // The measurement counts failures; nothing is sent again.
  }
}
