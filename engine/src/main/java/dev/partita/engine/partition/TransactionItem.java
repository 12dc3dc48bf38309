package dev.partita.engine.partition;

/**
 * What a transaction does to one item. The items of a transaction have different keys.
 *
 * @param schemaVersion the schema that it was planned with
 * @param key the storage key of the item
 * @param mutation {@link ItemEffect.Keep} is an item that is only looked at
 */
public record TransactionItem(
    PartitionId partition, int tableId, long schemaVersion, byte[] key, ItemMutation mutation) {}
