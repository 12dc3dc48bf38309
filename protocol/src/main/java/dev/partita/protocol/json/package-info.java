/**
 * JSON to values, directed by the shapes of the API model, in one pass: {@link
 * dev.partita.protocol.json.RequestReader} makes a {@link dev.partita.protocol.json.StructureValue}
 * of a request's body. JSON of the wrong type ends the reading with AWS's SerializationException;
 * attribute values that break DynamoDB's rules are noted in {@link
 * dev.partita.protocol.json.AttributeProblems} and reported by later checks, in AWS's order.
 * Members that the model does not know are skipped. Depth and sizes are bounded whatever the body.
 */
@NullMarked
package dev.partita.protocol.json;

import org.jspecify.annotations.NullMarked;
