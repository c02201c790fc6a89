/** Logback, as Firn's own processes use it. */
package dev.firn.logging;
