package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A legacy condition on one attribute (Expected). */
public record ExpectedAttributeValue(
    @Nullable AttributeValue value,
    @Nullable Boolean exists,
    @Nullable ComparisonOperator comparisonOperator,
    @Nullable List<AttributeValue> attributeValueList) {}
