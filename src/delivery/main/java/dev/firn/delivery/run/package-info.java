/** A run of the delivery from start to end. */
package dev.firn.delivery.run;
