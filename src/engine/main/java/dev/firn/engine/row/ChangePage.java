package dev.firn.engine.row;

import java.io.Serializable;

/**
 * Changes one behind the other; see {@link FoldedChange}.
 *
 * @param length bytes of {@code bytes} that count
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: it is a piece of a stream.
public record ChangePage(byte[] bytes, int length) implements Serializable {}
