/** Where records wait that cannot be used, or changes that nobody can judge. */
package dev.firn.engine.quarantine;
