package dev.firn.engine.lake;

import dev.firn.pipeline.LakeConfig;
import java.io.Closeable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;

/** A lake whose tables' commits and look-ups go through a wrapper of the test. */
public final class WrappedTables {

  private WrappedTables() {}

  /**
   * @param properties of the real catalog
   * @param wrap wraps the operations of each loaded table
   */
  public static LakeCatalog lake(
      LakeConfig config, Map<String, String> properties, UnaryOperator<TableOperations> wrap) {
    Catalog real =
        CatalogUtil.buildIcebergCatalog(LakeCatalog.NAME, properties, new Configuration());
    Class<?>[] types = {Catalog.class, SupportsNamespaces.class, Closeable.class};
    Object wrapped =
        Proxy.newProxyInstance(
            WrappedTables.class.getClassLoader(),
            types,
            (proxy, method, arguments) -> answer(wrap, call(real, method, arguments)));
    return new LakeCatalog(config, (Catalog) wrapped);
  }

  private static Object call(Catalog real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Object answer(UnaryOperator<TableOperations> wrap, Object answer) {
    return answer instanceof BaseTable table
        ? new BaseTable(wrap.apply(table.operations()), table.name())
        : answer;
  }
}
