package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** ListTables. */
public record ListTablesResponse(List<String> tableNames, @Nullable String lastEvaluatedTableName)
    implements ApiResponse {}
