/** The whole pipeline on one machine, from a database to the proof. */
package dev.firn.local.demo;
