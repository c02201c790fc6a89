/** How far the pipeline is, told without a Spark session. */
package dev.firn.etl.status;
