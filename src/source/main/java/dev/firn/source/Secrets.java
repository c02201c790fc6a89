package dev.firn.source;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.Secret.Store;
import dev.firn.source.aws.ManagedSecret;
import dev.firn.source.aws.ManagedSecrets;

/** Reads a secret from wherever it is kept. */
public final class Secrets {

  private Secrets() {}

  /** The password of a secret, or its text. */
  public static String resolve(Secret secret) {
    return secret.store() == Store.ENVIRONMENT ? secret.resolve() : managed(secret.name()).text();
  }

  /**
   * @param name or ARN of one in Secrets Manager
   */
  static ManagedSecret managed(String name) {
    try {
      return ManagedSecrets.read(name);
    } catch (NoClassDefFoundError e) {
      // A job runs with what its engine brings along.
      throw new OperatorException(
          "Cannot read secret: there is no client of Secrets Manager on the class path: " + name,
          "Add software.amazon.awssdk:secretsmanager, of the version of the SDK that is there.",
          e);
    }
  }
}
