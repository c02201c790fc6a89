package dev.firn.aws;

import dev.firn.console.OperatorException;
import dev.firn.contract.raw.RawStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A raw zone on S3. S3 guarantees that a PUT is atomic, and answers it when it is durable (Amazon
 * S3 data consistency model).
 */
final class S3Store implements RawStore {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final S3Location location;

  private S3Store(S3Client client, S3Location location) {
    this.client = client;
    this.location = location;
  }

  static S3Store open(S3Location location, Optional<String> region) {
    return new S3Store(S3Clients.open(region), location);
  }

  @Override
  public void put(String path, byte[] content) throws IOException {
    put(path, RequestBody.fromBytes(content));
  }

  @Override
  public void put(String path, Path file) throws IOException {
    put(path, RequestBody.fromFile(file));
    Files.delete(file);
  }

  @Override
  public boolean exists(String path) throws IOException {
    return call("look for", path, () -> isThere(location.key(path)));
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return call("read", path, () -> content(location.key(path)));
  }

  @Override
  public void close() {
    client.close();
  }

  private void put(String path, RequestBody body) throws IOException {
    String key = location.key(path);
    call(
        "write",
        path,
        () -> client.putObject(request -> request.bucket(location.bucket()).key(key), body));
  }

  private Optional<byte[]> content(String key) {
    try {
      return Optional.of(
          client
              .getObjectAsBytes(request -> request.bucket(location.bucket()).key(key))
              .asByteArray());
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  private boolean isThere(String key) {
    try {
      client.headObject(request -> request.bucket(location.bucket()).key(key));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private <T> T call(String verb, String path, Supplier<T> action) throws IOException {
    try {
      return action.get();
    } catch (NoSuchBucketException e) {
      throw new OperatorException(
          "Cannot %s raw file: the bucket does not exist: %s".formatted(verb, location.bucket()),
          "Create it, or name another as raw.",
          e);
    } catch (S3Exception e) {
      if (e.statusCode() == FORBIDDEN) {
        throw new OperatorException(
            "Cannot %s raw file: S3 refuses it: %s%s".formatted(verb, location, path),
            "Allow s3:PutObject, s3:GetObject and s3:ListBucket there.",
            e);
      }
      throw new IOException("Cannot " + verb + " raw file: " + location + path, e);
    } catch (SdkException e) {
      throw new IOException("Cannot " + verb + " raw file: " + location + path, e);
    }
  }
}
