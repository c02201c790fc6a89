package dev.firn.engine.scan;

import org.apache.parquet.column.page.PageReadStore;

/**
 * The pages of a row group that may contain wanted rows.
 *
 * @param firstRow index of the group's first row in its file
 */
record RowGroup(PageReadStore pages, long firstRow) {}
