package dev.firn.delivery.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.Clocks;
import dev.firn.contract.raw.BufferLimits;
import dev.firn.contract.raw.RawStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

  @TempDir private Path folder;
  private final List<String> arrived = new ArrayList<>();
  private long ticks = Long.MAX_VALUE;

  @Test
  void filesArriveInTheirOrder() throws IOException {
    Outbox outbox = outbox();
    outbox.send(file("a/1"));
    outbox.send(file("a/2"));

    assertEquals(List.of("a/1", "a/2"), arrived);
    assertEquals(2, outbox.files());
  }

  @Test
  void reorderedTheLaterFileOfAFolderArrivesFirst() throws IOException {
    Outbox outbox = outbox(Oddity.REORDER);
    outbox.send(file("a/1"));
    outbox.send(file("b/1"));
    assertEquals(List.of(), arrived);
    assertEquals(2, outbox.heldBack().size());

    outbox.send(file("a/2"));

    assertEquals(List.of("a/2", "a/1"), arrived);
    outbox.sendHeldBack(Duration.ofSeconds(1));
    assertEquals(1, outbox.heldBack().size());
    ticks += Duration.ofSeconds(1).toNanos();
    outbox.sendHeldBack(Duration.ofSeconds(1));
    assertEquals(List.of("a/2", "a/1", "b/1"), arrived);
    assertEquals(List.of(), outbox.heldBack());
  }

  @Test
  void duplicatedEveryOtherFileArrivesTwice() throws IOException {
    Outbox outbox = outbox(Oddity.DUPLICATES);
    outbox.send(file("a/1"));
    outbox.send(file("a/2"));

    assertEquals(3, arrived.size());
    assertEquals(List.of("a/1", "a/2"), arrived.subList(1, 3));
  }

  private Outbox outbox(Oddity... oddities) {
    BufferLimits limits = new BufferLimits(Duration.ZERO, 1, 1);
    return new Outbox(
        new RecordingStore(),
        new WriteOptions("changes", limits, 1, Set.of(oddities)),
        new Clocks(Clock.systemUTC(), () -> ticks));
  }

  private RecordFile file(String target) throws IOException {
    RecordFile file =
        new RecordFile(folder.resolve(target.replace('/', '-')), target, ticks, Integer.MAX_VALUE);
    byte[] record = target.getBytes(StandardCharsets.UTF_8);
    file.append(record, record.length);
    return file;
  }

  private final class RecordingStore implements RawStore {

    @Override
    public void put(String path, byte[] content) {
      arrived.add(path);
    }

    @Override
    public void put(String path, Path file) throws IOException {
      Files.delete(file);
      arrived.add(path);
    }

    @Override
    public boolean exists(String path) {
      return arrived.contains(path);
    }

    @Override
    public Optional<byte[]> read(String path) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
