package dev.firn.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.pipeline.Secret;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void aClassPathWithoutTheClientIsReported() throws IOException, ReflectiveOperationException {
    try (URLClassLoader engine =
        new URLClassLoader(
            classPathWithout("secretsmanager"), getClass().getClassLoader().getParent())) {
      Class<?> secret = engine.loadClass(Secret.class.getName());
      Class<?> store = engine.loadClass(Secret.Store.class.getName());
      Object reference =
          secret
              .getConstructor(store, String.class)
              .newInstance(store.getField("SECRETS_MANAGER").get(null), "shop");
      Method resolve = engine.loadClass(Secrets.class.getName()).getMethod("resolve", secret);
      Throwable refusal =
          assertThrows(InvocationTargetException.class, () -> resolve.invoke(null, reference))
              .getCause();

      assertEquals("dev.firn.console.OperatorException", refusal.getClass().getName());
      assertTrue(
          refusal.getMessage().contains("no usable client of Secrets Manager"),
          refusal.getMessage());
    }
  }

  private static URL[] classPathWithout(String library) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains(library))
        .map(SecretsTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
