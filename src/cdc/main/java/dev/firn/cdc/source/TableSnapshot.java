package dev.firn.cdc.source;

import dev.firn.cdc.event.TableShape;
import dev.firn.pipeline.SourceTable;

/**
 * A table inside the exported snapshot, ready to be copied.
 *
 * @param columnCount of a row, with the columns that the shape leaves out
 * @param query gives its rows
 */
public record TableSnapshot(
    SourceTable table, long oid, TableShape shape, int columnCount, String query) {}
