/**
 * Answers to JSON, straight to UTF-8 bytes: {@link dev.partita.protocol.encoding.ResponseEncoder}
 * for responses, {@link dev.partita.protocol.encoding.ErrorEncoder} for errors. Items are streamed
 * from their stored form without a tree. Members that are null are left out.
 */
@NullMarked
package dev.partita.protocol.encoding;

import org.jspecify.annotations.NullMarked;
