/** Where a record is written, derived from its bytes alone: no client, no clock, no file. */
package dev.firn.delivery.record;
