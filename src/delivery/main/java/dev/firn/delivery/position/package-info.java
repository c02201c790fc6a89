/** How far each shard was read, and how far that is safe. */
package dev.firn.delivery.position;
