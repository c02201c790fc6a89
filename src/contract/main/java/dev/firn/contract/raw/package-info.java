/** The raw zone: where a file stands, how its records are told apart, and how one is written. */
package dev.firn.contract.raw;
