/** The status report: how far capture and merge are, read without a Spark session. */
package dev.firn.etl.status;
