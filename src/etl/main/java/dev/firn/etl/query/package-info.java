/** SQL against the lake, for a person or a script: reads, and never writes. */
package dev.firn.etl.query;
