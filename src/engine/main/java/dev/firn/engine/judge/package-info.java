/**
 * Judging: the rule that decides, for each change, whether it wins against the row and the
 * tombstone of its key and against the table's last truncation. Every engine follows it; the SQL
 * engine has the same rule as SQL.
 */
package dev.firn.engine.judge;
