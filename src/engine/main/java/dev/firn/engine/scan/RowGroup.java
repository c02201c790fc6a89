package dev.firn.engine.scan;

import org.apache.parquet.column.page.PageReadStore;

/**
 * The pages of a row group that may hold wanted rows.
 *
 * @param firstRow of the group, in its file
 */
record RowGroup(PageReadStore pages, long firstRow) {}
