/**
 * The sample workload: a script is made from the sample data and a seed, without a database, and
 * then played on one.
 */
package dev.firn.local.workload;
