package dev.firn.testing.aws;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test an {@link AwsLocal}, started once a JVM and stopped after the last test. Tests share
 * what is in it: each takes names of its own.
 */
public final class AwsLocalExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(AwsLocalExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == AwsLocal.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(AwsLocal.class, key -> AwsLocal.start(), AwsLocal.class);
  }
}
