/**
 * The contract between the stages, and nothing else: the change event and its position, the token
 * that names a table's folder, the path of a file in the raw zone, the schema document. Every stage
 * reads and writes these through the classes here; no stage has field names or paths in its own
 * code.
 */
package dev.firn.contract;
