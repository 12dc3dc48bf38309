package dev.partita.bench;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts every item of a workload once: the single items, then those of the collections. What fails
 * is put again after everything else, until too much has failed.
 */
final class FillRequests implements RequestSource {
  /** Throttling is expected of a real endpoint; more failures than this in a row are not. */
  private static final int CONSECUTIVE_FAILURES_MAX = 1_000;

  private final long singleItems;
  private final long collectionItems;
  private final int itemsPerQuery;
  private final long step;
  private final ArrayDeque<PlannedRequest> again = new ArrayDeque<>();
  private long nextItem;
  private int consecutiveFailures;
  private Optional<String> gaveUp = Optional.empty();

  /** Every {@code step}th item from {@code first}: the share of one of {@code step} event loops. */
  FillRequests(BenchmarkSettings.Workload workload, int first, int step) {
    boolean queries = workload.mix().weights().containsKey(Operation.QUERY);
    boolean single =
        workload.mix().weights().keySet().stream().anyMatch(op -> op != Operation.QUERY);
    this.singleItems = single ? workload.keyCount() : 0;
    this.itemsPerQuery = workload.itemsPerQuery();
    this.collectionItems = queries ? workload.collectionCount() * itemsPerQuery : 0;
    this.nextItem = first;
    this.step = step;
  }

  @Override
  public boolean next(PlannedRequest slot) {
    if (gaveUp.isPresent()) {
      return false;
    }
    if (nextItem < singleItems + collectionItems) {
      plan(nextItem, slot);
      nextItem += step;
      return true;
    }
    PlannedRequest repeated = again.poll();
    if (repeated == null) {
      return false;
    }
    slot.copyFrom(repeated);
    return true;
  }

  private void plan(long item, PlannedRequest slot) {
    slot.operation = Operation.PUT;
    slot.number = 1_000_000 + (int) (item % 9_000_000);
    slot.inCollection = item >= singleItems;
    if (slot.inCollection) {
      slot.key = (item - singleItems) / itemsPerQuery;
      slot.position = (int) ((item - singleItems) % itemsPerQuery);
    } else {
      slot.key = item;
      slot.position = 0;
    }
  }

  @Override
  public boolean isExhausted() {
    boolean allGivenOut = nextItem >= singleItems + collectionItems;
    return gaveUp.isPresent() || (allGivenOut && again.isEmpty());
  }

  @Override
  public void answered(PlannedRequest request, @Nullable String error) {
    if (error == null) {
      consecutiveFailures = 0;
      return;
    }
    if (++consecutiveFailures > CONSECUTIVE_FAILURES_MAX) {
      gaveUp = Optional.of(error);
      return;
    }
    PlannedRequest repeated = new PlannedRequest();
    repeated.copyFrom(request);
    again.add(repeated);
  }

  /** The last error, if filling stopped because of it. */
  Optional<String> gaveUp() {
    return gaveUp;
  }
}
