package dev.firn.testing.s3;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An S3 in this process, for the real client of the AWS SDK with path-style addresses: PUT, GET,
 * HEAD and ListObjectsV2 of whole objects. A bucket exists from its first object on.
 */
public final class FakeS3 implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);

  private FakeS3(HttpServer server) {
    this.server = server;
  }

  public static FakeS3 start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeS3 s3 = new FakeS3(server);
      server.setExecutor(s3.workers);
      server.createContext("/", new ObjectEndpoint(s3.objects, s3.fault));
      server.start();
      return s3;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the stand-in for S3", e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next requests are answered with HTTP 503, SlowDown. */
  public void slowDown(int requests) {
    fault.set(Fault.answering(requests, 503, "SlowDown"));
  }

  /** All requests from now on are answered with this status. */
  public void refuse(int status, String code) {
    fault.set(Fault.answering(Integer.MAX_VALUE, status, code));
  }

  /** The answers to the next requests for an object end in the middle of it. */
  public void cutOff(int requests) {
    fault.set(Fault.cuttingOff(requests));
  }

  /** All objects as {@code bucket/key}, in order. */
  public List<String> objects() {
    return List.copyOf(objects.keySet());
  }

  /**
   * @param name {@code bucket/key}
   */
  public Optional<byte[]> object(String name) {
    return Optional.ofNullable(objects.get(name)).map(byte[]::clone);
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
