package dev.firn.engine.row;

import java.io.Serializable;

/**
 * Consecutive changes in one array; see {@link FoldedChange}.
 *
 * @param length the number of used {@code bytes}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: it is a part of a stream.
public record ChangePage(byte[] bytes, int length) implements Serializable {}
