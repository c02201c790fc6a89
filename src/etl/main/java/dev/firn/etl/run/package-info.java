/** The engine's commands: raw files become Iceberg tables, and are proved equal to their source. */
package dev.firn.etl.run;
