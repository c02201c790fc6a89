/**
 * What travels between the stages, and nothing else: the change event and its position, the token
 * that names a table's folder, the place of a file in the raw zone, the schema document. Every
 * stage reads and writes these through the classes here; no stage spells a field name or a path by
 * itself.
 */
package dev.firn.contract;
