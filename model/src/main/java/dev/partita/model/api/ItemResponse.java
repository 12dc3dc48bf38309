package dev.partita.model.api;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/** What one part of a transaction read. The item is null when there is none. */
public record ItemResponse(@Nullable Item item) {}
