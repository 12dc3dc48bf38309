package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A legacy condition on one attribute (KeyConditions, QueryFilter, ScanFilter). */
public record Condition(
    ComparisonOperator comparisonOperator, @Nullable List<AttributeValue> attributeValueList) {}
