package dev.firn.delivery.write;

import dev.firn.contract.Clocks;
import dev.firn.contract.raw.RawPath;
import dev.firn.contract.raw.RawStore;
import dev.firn.delivery.position.Checkpoint;
import dev.firn.delivery.position.ShardPosition;
import dev.firn.delivery.position.StateFolder;
import dev.firn.delivery.read.ShardBatch;
import dev.firn.delivery.record.ErrorRecord;
import dev.firn.delivery.record.RecordRouter;
import dev.firn.delivery.record.Refusal;
import dev.firn.delivery.record.Route;
import dev.firn.delivery.record.StreamRecord;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An open file for each table and hour, completed when it is old or large enough, and one for each
 * kind of error. The files are on disk: memory holds only their compressors' windows, some 300 KiB
 * per file.
 *
 * <p>Not thread-safe.
 */
public final class Buffers implements Closeable {

  private static final int RECORDS_A_MEMBER = 10;

  private final RecordRouter router = new RecordRouter();
  private final Map<String, RecordFile> partitions = new HashMap<>();
  private final Map<String, RecordFile> errors = new HashMap<>();
  private final StateFolder state;
  private final WriteOptions options;
  private final Outbox outbox;
  private final Clocks clocks;
  private Counts counts = Counts.NONE;

  public Buffers(StateFolder state, RawStore store, WriteOptions options, Clocks clocks) {
    this.state = state;
    this.options = options;
    this.outbox = new Outbox(store, options, clocks);
    this.clocks = clocks;
  }

  public void append(ShardBatch batch) throws IOException {
    for (StreamRecord record : batch.records()) {
      RecordFile file = place(record);
      file.hold(batch.shard(), batch.from());
    }
  }

  /** Puts the files that reached a limit into the raw zone; returns their number. */
  public int sendDue() throws IOException {
    Duration age = options.limits().maxAge();
    int sent = send(partitions, age) + send(errors, age);
    outbox.sendHeldBack(age.multipliedBy(2));
    return sent;
  }

  /** Puts every file into the raw zone. */
  public void sendAll() throws IOException {
    send(partitions, Duration.ZERO);
    send(errors, Duration.ZERO);
    outbox.sendHeldBack(Duration.ZERO);
  }

  /** How far a run that read up to here may be checkpointed: everything before it is durable. */
  public Checkpoint safe(Checkpoint read) {
    Map<String, ShardPosition> positions = new TreeMap<>();
    read.positions().forEach((shard, position) -> positions.put(shard, safe(shard, position)));
    return new Checkpoint(read.created(), positions);
  }

  public Counts counts() {
    return counts.withFiles(outbox.files());
  }

  /** Discards what is not in the raw zone: it comes after the checkpoint and is read again. */
  @Override
  public void close() throws IOException {
    for (RecordFile file : unsafe().toList()) {
      file.abandon();
    }
  }

  private RecordFile place(StreamRecord record) throws IOException {
    Route route = router.route(record.data());
    if (route instanceof Route.Folder folder) {
      RecordFile open = partitions.get(folder.path());
      if (open == null && partitions.size() >= options.partitions()) {
        return placeError(record, Refusal.partitionCount(options.partitions()));
      }
      RecordFile file = open == null ? begin(partitions, folder.path(), record) : open;
      file.append(record.data(), length(record.data()));
      counts = counts.withRecord(record.data().length);
      return file;
    }
    return placeError(record, ((Route.Refused) route).refusal());
  }

  private RecordFile placeError(StreamRecord record, Refusal refusal) throws IOException {
    String folder = ErrorRecord.folder(record, refusal);
    RecordFile open = errors.get(folder);
    RecordFile file = open == null ? begin(errors, folder, record) : open;
    byte[] line = ErrorRecord.line(record, refusal, clocks.wall().instant());
    file.append(line, line.length);
    counts = counts.withError(record.data().length);
    return file;
  }

  private int length(byte[] record) {
    boolean isCut = options.has(Oddity.NO_NEWLINES) && record[record.length - 1] == '\n';
    return isCut ? record.length - 1 : record.length;
  }

  private RecordFile begin(Map<String, RecordFile> files, String folder, StreamRecord first)
      throws IOException {
    String name = RawPath.fileName(options.stream(), first.arrival(), UUID.randomUUID());
    int recordsAMember = options.has(Oddity.MEMBERS) ? RECORDS_A_MEMBER : Integer.MAX_VALUE;
    RecordFile file =
        new RecordFile(state.openFile(name), folder + "/" + name, clocks.tick(), recordsAMember);
    files.put(folder, file);
    return file;
  }

  private int send(Map<String, RecordFile> files, Duration age) throws IOException {
    List<RecordFile> due = new ArrayList<>();
    for (RecordFile file : files.values()) {
      if (clocks.hasPassed(age, file.begun()) || file.bytes() >= options.limits().maxBytes()) {
        due.add(file);
      }
    }
    for (RecordFile file : due) {
      outbox.send(file);
      files.remove(file.folder());
    }
    return due.size();
  }

  private ShardPosition safe(String shard, ShardPosition read) {
    return unsafe()
        .map(file -> file.limit(shard, read))
        .reduce(read, (one, other) -> one.compareTo(other) < 0 ? one : other);
  }

  private Stream<RecordFile> unsafe() {
    return Stream.of(partitions.values(), errors.values(), outbox.heldBack())
        .flatMap(files -> files.stream());
  }
}
