package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which attributes an index holds besides the keys of the table and of the index. */
public record IndexProjection(
    @Nullable ProjectionType projectionType, @Nullable List<String> nonKeyAttributes) {}
