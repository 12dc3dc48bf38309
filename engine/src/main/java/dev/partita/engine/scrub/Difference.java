package dev.partita.engine.scrub;

import dev.partita.base.Bytes;
import dev.partita.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that is not as the table says. */
public sealed interface Difference {

  /** What is wrong with something that is derived from an item. */
  enum Problem {
    /** It should be there. */
    MISSING,
    /** It should not be there. */
    SUPERFLUOUS,
    /** It is there with another content. */
    DIFFERENT
  }

  /**
   * A row of an index.
   *
   * @param itemKey the key attributes of the item that it belongs to; null if its key names none
   * @param rowKey its storage key
   * @param attributes of a row that is different, the names of those that differ; none if only the
   *     stored size does
   */
  record Row(
      String indexName,
      Problem problem,
      @Nullable Item itemKey,
      Bytes rowKey,
      List<String> attributes)
      implements Difference {}

  /**
   * A mark that an item expires.
   *
   * @param itemKey the key attributes of the item
   * @param second since 1970
   */
  record ExpiryMark(Problem problem, @Nullable Item itemKey, long second) implements Difference {}

  /**
   * A count.
   *
   * @param name what is counted
   * @param where the partition, or the key of the item collection or item
   */
  record Count(String name, String where, long stored, long counted) implements Difference {}

  /**
   * A value that fails its checksum or cannot be read.
   *
   * @param where an index, or the table
   */
  record Damaged(String where, Bytes key, String message) implements Difference {}
}
