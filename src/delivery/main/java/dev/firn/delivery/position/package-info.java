/** How far each shard was read, and how much of it is durable. */
package dev.firn.delivery.position;
