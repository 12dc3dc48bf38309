package dev.partita.model.api;

/** The attribute that tells when an item expires, and whether items do. */
public record TimeToLiveSpecification(String attributeName, boolean enabled) {}
