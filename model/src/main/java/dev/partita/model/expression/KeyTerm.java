package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.api.ComparisonOperator;
import java.util.List;

/**
 * The condition on one key attribute.
 *
 * @param values as many as the operator takes
 */
record KeyTerm(ComparisonOperator operator, List<AttributeValue> values) {}
