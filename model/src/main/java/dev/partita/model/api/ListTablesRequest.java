package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** ListTables. */
public record ListTablesRequest(@Nullable String exclusiveStartTableName, @Nullable Integer limit)
    implements ApiRequest {}
