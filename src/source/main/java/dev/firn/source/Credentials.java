package dev.firn.source;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.Secret.Store;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.source.aws.RdsTokens;

/**
 * The origin of a connection's login. It is read again for each connection, so that a rotated
 * secret is used at the next reconnect. No class of AWS is loaded before it is needed.
 */
@FunctionalInterface
interface Credentials {

  Login login();

  static Credentials of(SourceConfig source) {
    if (source.options().authentication() == Authentication.IAM) {
      SourceAddress address = SourceAddress.of(source.url());
      return () -> new Login(source.user(), token(address, source.user()));
    }
    Secret password = source.password();
    return password.store() == Store.ENVIRONMENT
        ? () -> new Login(source.user(), password.resolve())
        : () -> Secrets.managed(password.name()).login(source.user());
  }

  private static String token(SourceAddress address, String user) {
    try {
      return RdsTokens.ofEnvironment(address.host()).token(address.host(), address.port(), user);
    } catch (LinkageError e) {
      throw new OperatorException(
          "Cannot sign a token for the source: no usable AWS SDK is on the class path: %s: %s"
              .formatted(e.getMessage(), address.host()),
          "Add software.amazon.awssdk:secretsmanager and its dependencies, all in one version.",
          e);
    }
  }
}
