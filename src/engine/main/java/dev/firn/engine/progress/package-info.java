/** What of the raw zone is in a table of the lake: which files, up to which batch. */
package dev.firn.engine.progress;
