/** Faults on demand: named points at which a test lets a stage die, fail or wait. */
package dev.firn.contract.fault;
