package dev.firn.testing.kinesis;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Kinesis Data Streams in this process, for the real client of the AWS SDK: give that {@link
 * #endpoint()}, any region and any credentials. It speaks CBOR, the SDK's own choice, and JSON, and
 * keys records to shards as the real one does. Streams live as long as it does.
 *
 * <p>A module that uses it needs jackson-databind and jackson-dataformat-cbor as test dependencies.
 */
public final class FakeKinesis implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final FakeStreams streams = new FakeStreams();
  private final KinesisFaults faults = new KinesisFaults();
  private final KinesisEndpoint endpoint;

  private FakeKinesis(HttpServer server, KinesisLimits limits) {
    this.server = server;
    StreamActions ofStreams = new StreamActions(streams);
    WriteActions writes = new WriteActions(streams, faults, limits);
    ReadActions reads = new ReadActions(streams, faults);
    this.endpoint =
        new KinesisEndpoint(
            faults,
            Map.of(
                "CreateStream",
                ofStreams::createStream,
                "DescribeStreamSummary",
                ofStreams::describeStreamSummary,
                "ListShards",
                ofStreams::listShards,
                "SplitShard",
                ofStreams::splitShard,
                "MergeShards",
                ofStreams::mergeShards,
                KinesisFaults.PUT_RECORDS,
                writes::putRecords,
                "GetShardIterator",
                reads::getShardIterator,
                KinesisFaults.GET_RECORDS,
                reads::getRecords));
  }

  public static FakeKinesis start() {
    return start(KinesisLimits.STANDARD);
  }

  public static FakeKinesis start(KinesisLimits limits) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeKinesis kinesis = new FakeKinesis(server, limits);
      server.setExecutor(kinesis.workers);
      server.createContext("/", kinesis.endpoint);
      server.start();
      return kinesis;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the stand-in for Kinesis", e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public KinesisFaults faults() {
    return faults;
  }

  public void createStream(String name, int shards) {
    streams.create(name, shards);
  }

  /** All shards, closed ones too, in the order they were made. */
  public List<String> shards(String stream) {
    return streams.named(stream).shards().stream().map(FakeShard::id).toList();
  }

  /** All records of a stream in the order they were taken. */
  public List<StoredRecord> records(String stream) {
    return streams.named(stream).records();
  }

  /** The records of a shard in its order. */
  public List<StoredRecord> records(String stream, String shard) {
    FakeStream named = streams.named(stream);
    return named.records(named.shard(shard));
  }

  /** How many requests of an action came in, those that failed too. */
  public int requests(String action) {
    return endpoint.requests(action);
  }

  /** Puts a record past the wire and past all faults; the answer is the shard it came to. */
  public String put(String stream, String partitionKey, byte[] data) {
    FakeStream named = streams.named(stream);
    FakeShard shard = named.openShard(HashRange.hashOf(partitionKey));
    named.put(shard, partitionKey, data);
    return shard.id();
  }

  /** Splits a shard in the middle. */
  public void split(String stream, String shard) {
    FakeStream named = streams.named(stream);
    FakeShard parent = named.shard(shard);
    named.split(parent, parent.range().part(1, 2).first());
  }

  public void merge(String stream, String shard, String adjacent) {
    FakeStream named = streams.named(stream);
    named.merge(named.shard(shard), named.shard(adjacent));
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
