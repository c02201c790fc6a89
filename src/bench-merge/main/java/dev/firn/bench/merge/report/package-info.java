/** The report of a run: a page and a chart. */
package dev.firn.bench.merge.report;
