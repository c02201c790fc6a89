/** Firn on one machine: a local PostgreSQL, the sample workload, and the stages as processes. */
package dev.firn.local;
