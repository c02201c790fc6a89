package dev.firn.pipeline;

import java.nio.file.Path;

/**
 * The base of relative paths in the configuration: the folder of its file.
 *
 * @param store {@code s3://bucket/folder/} where the file is in a store; empty on this machine
 * @param local the folder on this machine, for what can be nowhere else
 */
record BaseFolder(String store, Path local) {

  static BaseFolder of(Path folder) {
    return new BaseFolder("", folder);
  }

  /**
   * @param file its address: {@code s3://bucket/folder/pipeline.yaml}
   */
  static BaseFolder ofStored(String file) {
    return new BaseFolder(file.substring(0, file.lastIndexOf('/') + 1), Path.of("."));
  }

  /** Addresses and absolute paths are returned unchanged. */
  String resolve(String text) {
    if (text.isEmpty() || text.contains("://")) {
      return text;
    }
    return store.isEmpty() || text.startsWith("/") ? resolveHere(text) : resolveInStore(text);
  }

  String resolveHere(String text) {
    return local.resolve(text).normalize().toString();
  }

  private String resolveInStore(String text) {
    int key = store.indexOf('/', store.indexOf("://") + "://".length());
    return store.substring(0, key) + Path.of(store.substring(key), text).normalize();
  }
}
