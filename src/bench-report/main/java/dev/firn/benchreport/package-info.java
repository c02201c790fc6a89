/** What the benches share of their reports: the machine, and the chart. */
package dev.firn.benchreport;
