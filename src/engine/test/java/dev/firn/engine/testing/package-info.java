/** The harness in which pipelines are tested: one Spark session, a lake for each test method. */
package dev.firn.engine.testing;
