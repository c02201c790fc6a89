/** The Java processes of the contenders, and the contenders. */
package dev.firn.bench.merge.worker;
