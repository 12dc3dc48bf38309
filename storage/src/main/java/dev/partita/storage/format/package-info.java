/**
 * The bytes of keys, values and records on disk: what docs/file-formats.md says, as code. Knows
 * bytes, never items. The engine writes and reads through it.
 *
 * <p>A format once released is never changed; a new one gets a new version byte.
 */
@NullMarked
package dev.partita.storage.format;

import org.jspecify.annotations.NullMarked;
