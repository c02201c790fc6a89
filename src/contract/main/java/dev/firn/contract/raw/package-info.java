/** The raw zone: where a file is stored, how it is split into records, and how it is written. */
package dev.firn.contract.raw;
