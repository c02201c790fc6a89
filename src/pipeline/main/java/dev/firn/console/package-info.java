/** What all commands have in common: exit codes, one-line errors, progress, tables. */
package dev.firn.console;
