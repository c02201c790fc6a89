/** The servers that the contenders use, and the processes they run in. */
package dev.firn.bench.server;
