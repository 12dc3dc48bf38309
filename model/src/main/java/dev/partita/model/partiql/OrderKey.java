package dev.partita.model.partiql;

/** One attribute of an ORDER BY clause. */
public record OrderKey(String attribute, boolean descending) {}
