/** A run of the delivery from its beginning to its end. */
package dev.firn.delivery.run;
