/** The Java processes that contenders run in, and the contenders. */
package dev.firn.bench.merge.worker;
