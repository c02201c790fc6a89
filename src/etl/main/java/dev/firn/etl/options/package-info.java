/** Options that several verbs have. */
package dev.firn.etl.options;
