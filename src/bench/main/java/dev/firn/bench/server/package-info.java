/** What the contenders talk to, and the processes they run in. */
package dev.firn.bench.server;
