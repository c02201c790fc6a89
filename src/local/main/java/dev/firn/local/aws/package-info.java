/** An emulator of AWS, for whoever has no account or does not want to use it. */
package dev.firn.local.aws;
