/**
 * {@code pipeline.yaml}: one file for every stage, read once, with every mistake reported at once.
 */
package dev.firn.pipeline;
