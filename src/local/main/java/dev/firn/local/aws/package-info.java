/** An emulator of AWS, for users without an account. */
package dev.firn.local.aws;
