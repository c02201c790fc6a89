package dev.firn.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.console.StopSignal;
import dev.firn.contract.Clocks;
import dev.firn.delivery.run.DeliveryOptions.End;
import dev.firn.testing.kinesis.KinesisFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {

  /** Milliseconds between two looks; what never comes is ended by the time-out of a test. */
  private static final long LOOK = 10;

  @TempDir private Path folder;
  private Scenario scenario;

  @BeforeEach
  void begin() {
    scenario = new Scenario(folder, 2);
  }

  @AfterEach
  void end() {
    scenario.close();
  }

  @Test
  void everyRecordArrivesOnceInTheFolderOfItsTableAndHour() throws Exception {
    List<String> sales = scenario.put("sales", 200);
    List<String> items = scenario.put("item", 100);
    String later = scenario.put("sales", 1, "key", 0);

    DeliveryReport report = scenario.deliverOnce();

    assertEquals(sorted(sales), sorted(scenario.lines("sales" + Scenario.HOUR)));
    assertEquals(sorted(items), sorted(scenario.lines("item" + Scenario.HOUR)));
    assertEquals(
        List.of(later), scenario.lines("sales" + Scenario.HOUR.replace("hour=03", "hour=04")));
    assertEquals(301, report.counts().records());
    assertEquals(3, report.counts().files());
    assertEquals(0, report.counts().errors());
  }

  @Test
  void filesAreNamedAsFirehoseNamesThem() throws Exception {
    scenario.put("sales", 1);
    scenario.deliverOnce();

    String name = scenario.files("sales").get(0).getFileName().toString();

    assertTrue(
        name.matches(
            "changes-1-\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-[0-9a-f-]{36}\\.json\\.gz"),
        name);
  }

  @Test
  void anotherRunResumesWhereTheLastOneEnded() throws Exception {
    List<String> lines = new ArrayList<>(scenario.put("sales", 10));
    scenario.deliverOnce();
    lines.add(scenario.put("sales", 0, "key", 99));

    assertEquals(1, scenario.deliverOnce().counts().records());
    assertEquals(0, scenario.deliverOnce().counts().records());
    assertEquals(sorted(lines), sorted(scenario.lines("sales")));
  }

  @Test
  void anAbandonedRunIsRepeatedAndNothingIsLost() throws Exception {
    scenario.withLimits(Duration.ofMinutes(1), 1);
    Set<String> expected = new TreeSet<>(scenario.put("sales", 20));
    expected.addAll(scenario.put("item", 20));

    for (int files = 0; files < 3; files++) {
      FailingStore store = new FailingStore(scenario.raw(), files);
      assertThrows(IOException.class, () -> scenario.deliverOnceInto(store));
      expected.addAll(scenario.put("table_" + files, 5));
    }
    scenario.deliverOnce();

    assertEquals(expected, new TreeSet<>(scenario.lines("")));
    assertTrue(scenario.lines("").size() > expected.size(), "the first files came again");
    assertEquals(List.of(), openFiles());
  }

  @Test
  void theCheckpointStaysBehindAnOpenFile() throws Exception {
    String old = scenario.put("item", 0, "key", 1);
    StopSignal stop = new StopSignal();
    Delivery delivery =
        scenario.withLimits(Duration.ofMinutes(1), 500).delivery(End.WHEN_STOPPED, stop);
    FailingStore store = new FailingStore(scenario.raw(), 1);
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(
            () -> assertThrows(IOException.class, () -> delivery.run(store)));
    // In a batch of their own, these fill a file, which is put; the item's stays open.
    awaitRequests(3);
    List<String> sales = scenario.put("sales", 20);
    awaitFiles(1);
    stop.request();
    run.get();

    scenario.deliverOnce();

    assertEquals(List.of(old), scenario.lines("item"));
    assertEquals(new TreeSet<>(sales), new TreeSet<>(scenario.lines("sales")));
  }

  @Test
  void aRunContinuesUntilItIsStoppedAndThenCompletesItsFiles() throws Exception {
    StopSignal stop = new StopSignal();
    CompletableFuture<DeliveryReport> run = start(stop);
    List<String> lines = scenario.put("sales", 10);

    awaitRequests(scenario.kinesis().requests(KinesisFaults.GET_RECORDS) + 8);
    assertFalse(run.isDone());
    assertEquals(List.of(), scenario.files("sales"));
    stop.request();

    assertEquals(10, run.get().counts().records());
    assertEquals(sorted(lines), sorted(scenario.lines("sales")));
  }

  @Test
  void anOldFileIsCompleteWithoutAnyoneStopping() throws Exception {
    scenario.withLimits(Duration.ofMillis(200), 1 << 20);
    StopSignal stop = new StopSignal();
    CompletableFuture<DeliveryReport> run = start(stop);
    scenario.put("sales", 1);

    awaitFiles(1);

    stop.request();
    run.get();
  }

  @Test
  void recordsOfSplitAndMergedShardsArriveEachOnce() throws Exception {
    scenario.put("sales", 0, "a", 0);
    String parent = scenario.kinesis().shards(Scenario.STREAM).get(0);
    scenario.kinesis().split(Scenario.STREAM, parent);
    scenario.put("sales", 0, "a", 1);
    List<String> shards = scenario.kinesis().shards(Scenario.STREAM);
    scenario.kinesis().merge(Scenario.STREAM, shards.get(2), shards.get(3));
    scenario.put("sales", 0, "a", 2);

    scenario.deliverOnce();

    List<String> lines = scenario.lines("sales");
    assertEquals(3, lines.size());
    for (int i = 0; i < 3; i++) {
      assertTrue(lines.get(i).contains("\"seq\":" + i), lines.toString());
    }
  }

  @Test
  void aReshardIsFollowedWhileItRuns() throws Exception {
    StopSignal stop = new StopSignal();
    CompletableFuture<DeliveryReport> run = start(stop);
    List<String> lines = new ArrayList<>(scenario.put("sales", 50));
    awaitRequests(4);
    scenario.kinesis().split(Scenario.STREAM, scenario.kinesis().shards(Scenario.STREAM).get(0));
    for (int i = 0; i < 50; i++) {
      lines.add(scenario.put("sales", 0, "key " + i, 100 + i));
    }
    awaitRequests(scenario.kinesis().requests(KinesisFaults.GET_RECORDS) + 12);
    stop.request();

    assertEquals(100, run.get().counts().records());
    assertEquals(sorted(lines), sorted(scenario.lines("sales")));
    assertEquals(0, scenario.deliverOnce().counts().records());
  }

  @Test
  void whatPassesIsWaitedFor() throws Exception {
    List<String> lines = scenario.put("sales", 10);
    KinesisFaults faults = scenario.kinesis().faults();
    faults.throttle("DescribeStreamSummary", 1);
    faults.throttle(KinesisFaults.GET_RECORDS, 3);
    faults.failInternally(KinesisFaults.GET_RECORDS, 2);
    faults.beUnavailable("ListShards", 1);
    faults.loseResponse(KinesisFaults.GET_RECORDS, 1);

    scenario.deliverOnce();

    assertEquals(sorted(lines), sorted(scenario.lines("sales")));
  }

  @Test
  void anExpiredIteratorIsReplaced() throws Exception {
    StopSignal stop = new StopSignal();
    CompletableFuture<DeliveryReport> run = start(stop);
    List<String> lines = new ArrayList<>(scenario.put("sales", 10));
    awaitRequests(4);
    scenario.kinesis().faults().expireIterators();
    lines.add(scenario.put("sales", 0, "key", 99));
    awaitRequests(scenario.kinesis().requests(KinesisFaults.GET_RECORDS) + 8);
    stop.request();

    run.get();
    assertEquals(sorted(lines), sorted(scenario.lines("sales")));
  }

  @Test
  void aShardIsAskedFiveTimesASecondAtMost() throws Exception {
    AtomicLong nanos = new AtomicLong();
    AtomicLong looks = new AtomicLong();
    LongSupplier ticks =
        () -> {
          looks.incrementAndGet();
          return nanos.get();
        };
    StopSignal stop = new StopSignal();
    CompletableFuture<DeliveryReport> run = start(stop, new Clocks(Clock.systemUTC(), ticks));
    int shards = scenario.kinesis().shards(Scenario.STREAM).size();
    for (int requests = shards; requests <= 3 * shards; requests += shards) {
      awaitRequests(requests);
      nanos.addAndGet(Duration.ofMillis(200).toNanos() - 1);
      awaitLooks(looks, looks.get() + 100);
      assertEquals(requests, scenario.kinesis().requests(KinesisFaults.GET_RECORDS));
      nanos.incrementAndGet();
    }
    stop.request();
    run.get();
  }

  @Test
  void aWallClockThatJumpsAWeekStopsNothing() throws Exception {
    AtomicLong ahead = new AtomicLong();
    Clock wall = new JumpingClock(ahead);
    StopSignal stop = new StopSignal();
    scenario.withLimits(Duration.ofMillis(300), 1 << 20);
    List<String> lines = new ArrayList<>();
    CompletableFuture<DeliveryReport> run = start(stop, new Clocks(wall, System::nanoTime));
    int files = 0;
    for (long days : new long[] {0, -7, 7, -14}) {
      ahead.addAndGet(Duration.ofDays(days).toMillis());
      int requests = scenario.kinesis().requests(KinesisFaults.GET_RECORDS);
      lines.addAll(scenario.put("sales", 3));
      awaitRequests(requests + 4);
      awaitFiles(++files);
    }
    stop.request();
    run.get();

    assertEquals(sorted(lines), sorted(scenario.lines("sales")));
  }

  @Test
  void aMissingStreamIsTheOperatorsMistake() {
    try (Scenario missing = Scenario.withoutStream(folder)) {
      String message = assertThrows(OperatorException.class, missing::deliverOnce).getMessage();
      assertTrue(message.contains("does not exist"), message);
    }
  }

  @Test
  void twoRunsWithOneStateAreRefused() throws Exception {
    StopSignal stop = new StopSignal();
    CompletableFuture<DeliveryReport> run = start(stop);
    awaitRequests(1);

    String message = assertThrows(OperatorException.class, scenario::deliverOnce).getMessage();

    assertTrue(message.contains("another delivery is using its state folder"), message);
    stop.request();
    run.get();
  }

  @Test
  void aRecreatedStreamIsReadFromItsBeginning() throws Exception {
    scenario.put("sales", 3);
    scenario.deliverOnce();

    try (Scenario later = new Scenario(folder, 1)) {
      later.put("sales", 3);
      assertEquals(3, later.deliverOnce().counts().records());
      assertTrue(later.notices().toString().contains("recreated"), later.notices().toString());
    }
  }

  @Test
  void aDamagedCheckpointIsTheOperatorsToRemove() throws Exception {
    scenario.put("sales", 1);
    scenario.deliverOnce();
    Files.writeString(scenario.state().resolve("changes/checkpoint.json"), "{\"shards\":{\"a\":");

    String message = assertThrows(OperatorException.class, scenario::deliverOnce).getMessage();

    assertTrue(message.contains("damaged"), message);
  }

  private CompletableFuture<DeliveryReport> start(StopSignal stop) {
    return start(stop, Clocks.SYSTEM);
  }

  private CompletableFuture<DeliveryReport> start(StopSignal stop, Clocks clocks) {
    Delivery delivery = scenario.delivery(End.WHEN_STOPPED, stop, clocks);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return delivery.run();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void awaitRequests(int count) throws InterruptedException {
    while (scenario.kinesis().requests(KinesisFaults.GET_RECORDS) < count) {
      Thread.sleep(LOOK);
    }
  }

  private static void awaitLooks(AtomicLong looks, long count) throws InterruptedException {
    while (looks.get() < count) {
      Thread.sleep(LOOK);
    }
  }

  private void awaitFiles(int count) throws InterruptedException, IOException {
    while (scenario.files("sales").size() < count) {
      Thread.sleep(LOOK);
    }
  }

  private List<Path> openFiles() throws IOException {
    try (var files = Files.list(scenario.state().resolve("changes/open"))) {
      return files.toList();
    }
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  /** The machine's clock, so many milliseconds ahead. */
  private static final class JumpingClock extends Clock {

    private final AtomicLong ahead;

    JumpingClock(AtomicLong ahead) {
      this.ahead = ahead;
    }

    @Override
    public Instant instant() {
      return Instant.now().plusMillis(ahead.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
