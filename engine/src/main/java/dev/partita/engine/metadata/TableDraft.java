package dev.partita.engine.metadata;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.model.KeySchema;
import dev.partita.model.api.StreamViewType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is asked for, before it has ids.
 *
 * @param stream what the records of its stream hold; null for no stream
 * @param created milliseconds since 1970
 */
public record TableDraft(
    String name,
    KeySchema keySchema,
    TableSettings settings,
    Map<String, String> tags,
    int partitionCount,
    List<IndexDefinition> localIndexes,
    List<GlobalIndexDraft> globalIndexes,
    @Nullable StreamViewType stream,
    long created) {

  /** A table that only keeps its items. */
  public TableDraft(
      String name,
      KeySchema keySchema,
      TableSettings settings,
      Map<String, String> tags,
      int partitionCount,
      long created) {
    this(name, keySchema, settings, tags, partitionCount, List.of(), List.of(), null, created);
  }
}
