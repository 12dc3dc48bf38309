package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import org.jspecify.annotations.Nullable;

/** A legacy update of one attribute (AttributeUpdates). */
public record AttributeValueUpdate(
    @Nullable AttributeValue value, @Nullable AttributeAction action) {}
