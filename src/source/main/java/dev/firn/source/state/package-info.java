/** What {@code capture} records in schema {@code firn} of the source, as other commands read it. */
package dev.firn.source.state;
