/** The reference engine: plain SQL on a staging branch, for tables of any layout. */
package dev.firn.engine.sql;
