/** Command-line options that several verbs share. */
package dev.firn.etl.options;
