/** One machine: a PostgreSQL to try Firn on, the sample workload, and the stages as processes. */
package dev.firn.local;
