package dev.firn.cdc.source;

import dev.firn.cdc.source.aws.ManagedSecrets;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.Secret.Store;

/** Reads a secret from wherever it is kept. */
public final class Secrets {

  private Secrets() {}

  public static String resolve(Secret secret) {
    return secret.store() == Store.ENVIRONMENT
        ? secret.resolve()
        : ManagedSecrets.read(secret.name()).text();
  }
}
