package dev.partita.protocol;

/**
 * An answer as it goes out.
 *
 * @param status the HTTP status
 * @param body not compressed; may be empty
 */
public record WireResponse(int status, String contentType, byte[] body) {}
