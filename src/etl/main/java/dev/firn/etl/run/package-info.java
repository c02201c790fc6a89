/** Where the jobs start: the command line, and the entry point of AWS Glue. */
package dev.firn.etl.run;
