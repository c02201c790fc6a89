/** What is kept of a run: a page and a chart. */
package dev.firn.bench.merge.report;
