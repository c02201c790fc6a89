/** Where a record goes, told from its bytes: no client, no clock, no file. */
package dev.firn.delivery.record;
