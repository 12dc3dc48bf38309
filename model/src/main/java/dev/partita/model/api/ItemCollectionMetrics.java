package dev.partita.model.api;

import dev.partita.model.Item;
import java.util.List;

/**
 * The size of an item collection that a write touched; only tables with local indexes have any.
 *
 * @param itemCollectionKey the partition key, name and value
 * @param sizeEstimateRangeGb lower and upper bound in gigabytes
 */
public record ItemCollectionMetrics(Item itemCollectionKey, List<Double> sizeEstimateRangeGb) {}
