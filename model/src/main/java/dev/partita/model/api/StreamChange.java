package dev.partita.model.api;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * The change of one item, as much of it as the view type of the stream tells.
 *
 * @param approximateCreationDateTime seconds since 1970
 * @param sizeBytes of keys and images together
 */
public record StreamChange(
    double approximateCreationDateTime,
    Item keys,
    @Nullable Item newImage,
    @Nullable Item oldImage,
    String sequenceNumber,
    long sizeBytes,
    StreamViewType streamViewType) {}
