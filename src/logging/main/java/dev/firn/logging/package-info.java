/** The Logback configuration of Firn's own processes. */
package dev.firn.logging;
