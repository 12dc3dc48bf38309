package dev.partita.testing.history;

/**
 * One operation of a history. Start and end are places in one order of all requests and answers; no
 * two are the same.
 *
 * @param item which item it was for
 * @param start when the request was about to be sent
 * @param end when the answer was there; of no meaning for an unknown outcome
 */
public record RecordedOperation(
    String item, long start, long end, RegisterOperation operation, Outcome outcome) {}
