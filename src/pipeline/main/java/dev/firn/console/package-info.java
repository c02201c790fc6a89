/** What all commands do alike: exit codes, one-line errors, progress, tables. */
package dev.firn.console;
