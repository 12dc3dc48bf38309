package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** The billing mode, once it was on demand. */
public record BillingModeSummary(
    BillingMode billingMode, @Nullable Double lastUpdateToPayPerRequestDateTime) {}
