package dev.partita.testing.reference;

/**
 * Deliberate mistakes that the model can be told to make. The random comparison must find every one
 * of them: it is how the tester itself is tested.
 */
public enum Mutation {
  /** No mistake. */
  NONE,
  /** Numbers below zero are ordered as their digits are. */
  NEGATIVE_NUMBERS_ORDERED_AS_TEXT,
  /** Strings are ordered by UTF-16 units instead of UTF-8 bytes. */
  STRINGS_ORDERED_BY_UTF16,
  /** Bytes above 127 come before the others. */
  BINARY_ORDERED_SIGNED,
  /** {@code <>} is false if an operand is missing. */
  NOT_EQUAL_FALSE_ON_MISSING,
  /** {@code BETWEEN} leaves out its bounds. */
  BETWEEN_EXCLUSIVE,
  /** {@code contains} looks into strings only. */
  CONTAINS_SUBSTRING_ONLY,
  /** The legacy NOT_CONTAINS holds for a missing attribute. */
  NOT_CONTAINS_TRUE_ON_MISSING,
  /** ConditionalOperator OR is taken for AND. */
  CONDITIONAL_OPERATOR_IGNORED,
  /** Each element of a set weighs one byte more. */
  SET_ELEMENT_COSTS_ONE_MORE,
  /** An item may have 400,000 bytes. */
  ITEM_LIMIT_DECIMAL,
  /** UPDATED_OLD and UPDATED_NEW return whole top-level attributes. */
  UPDATED_RETURNS_WHOLE_ATTRIBUTE,
  /** A SET sees what the SET before it has done. */
  SET_READS_NEW_VALUES,
  /** Deleting the last element of a set leaves an empty set. */
  LAST_SET_ELEMENT_LEAVES_EMPTY_SET,
  /** A REMOVE on a missing item creates it. */
  REMOVE_CREATES_ITEM,
  /** An element set past the end of a list is dropped. */
  SET_PAST_END_DROPPED,
  /** Sums are computed in binary floating point. */
  ARITHMETIC_IN_DOUBLE,
  /** PutItem keeps attributes that the new item lacks. */
  PUT_MERGES,
  /** ReturnValuesOnConditionCheckFailure is ignored. */
  CONDITION_FAILURE_RETURNS_NO_ITEM,
  /** Limit counts items after the filter. */
  LIMIT_COUNTS_MATCHES,
  /** The 1 MB of a page counts items after the filter. */
  PAGE_SIZE_COUNTS_MATCHES,
  /** No LastEvaluatedKey if the page ends with the last item. */
  NO_LAST_KEY_AT_EXACT_LIMIT,
  /** ExclusiveStartKey is included. */
  START_KEY_INCLUSIVE,
  /** A descending Query starts at the wrong side of ExclusiveStartKey. */
  DESCENDING_START_IGNORED,
  /** The first segment of a parallel Scan also reads the last one's items. */
  SEGMENTS_OVERLAP,
  /** Eventually consistent reads cost as much as strongly consistent ones. */
  EVENTUAL_READ_COSTS_AS_STRONG,
  /** A delete costs one unit, whatever it deletes. */
  DELETE_COSTS_ONE_UNIT,
  /** An update costs what the new item weighs, even if the old one was larger. */
  WRITE_COSTS_NEW_SIZE,
  /** BatchGetItem rounds the capacity of all items together. */
  BATCH_GET_ROUNDED_ONCE,
  /** A projection puts each list element into a list of its own place, unsorted. */
  PROJECTED_INDEXES_UNSORTED,
  /** A failed condition still writes. */
  FAILED_CONDITION_WRITES,
  /** An index takes items that lack its sort key. */
  INDEX_TAKES_ITEMS_WITHOUT_SORT_KEY,
  /** Of several sort keys of an index only the first orders. */
  INDEX_ORDERED_BY_FIRST_SORT_KEY,
  /** An index of keys only holds everything. */
  KEYS_ONLY_PROJECTS_ALL,
  /** When an index key changes the entry stays at its old place, too. */
  GLOBAL_INDEX_KEEPS_OLD_ENTRIES,
  /** LastEvaluatedKey of an index lacks the table's key. */
  INDEX_LAST_KEY_WITHOUT_TABLE_KEY,
  /** A global index can be read consistently. */
  GLOBAL_INDEX_READ_CONSISTENTLY,
  /** A local index shows only what it projects. */
  LOCAL_INDEX_FETCHES_NOTHING,
  /** What a local index fetches from its table costs nothing. */
  LOCAL_INDEX_FETCHES_FREELY,
  /** A value of a wrong type in an index key is taken. */
  INDEX_KEY_TYPE_UNCHECKED,
  /** An empty index key is taken. */
  EMPTY_INDEX_KEY_ACCEPTED,
  /** A write that does not touch an index's entry costs there, too. */
  UNCHANGED_INDEX_ENTRY_COSTS,
  /** Moving an entry costs as much as changing it. */
  INDEX_KEY_CHANGE_COSTS_ONE_WRITE,
  /** A write that changes nothing makes a stream record. */
  STREAM_RECORDS_EVERY_WRITE,
  /** Deletes make no stream records. */
  STREAM_FORGETS_DELETES,
  /** All stream records show both images. */
  STREAM_SHOWS_ALL_IMAGES,
  /** The old image is the new one. */
  STREAM_OLD_IMAGE_IS_NEW,
  /** The size of a stream record leaves out the keys. */
  STREAM_SIZE_WITHOUT_KEYS,
  /** A cancelled transaction does what could be done. */
  TRANSACTION_NOT_ATOMIC,
  /** Only the first failed action of a transaction is told. */
  TRANSACTION_STOPS_AT_FIRST_REASON,
  /** Reasons of cancellation show no items. */
  TRANSACTION_REASON_WITHOUT_ITEM,
  /** Condition checks of transactions always hold. */
  TRANSACTION_IGNORES_CHECKS,
  /** An item may be in a transaction twice. */
  TRANSACTION_TAKES_ITEM_TWICE,
  /** Transactions cost as much as single operations. */
  TRANSACTION_COSTS_NOT_DOUBLED,
  /** A repeated transaction is done again. */
  TRANSACTION_TOKEN_FORGOTTEN,
  /** A token may be used for another transaction. */
  TRANSACTION_TOKEN_OF_ANOTHER_ACCEPTED,
  /** TransactGetItems shows items of which the projection leaves nothing. */
  TRANSACTION_SHOWS_EMPTY_ITEMS
}
