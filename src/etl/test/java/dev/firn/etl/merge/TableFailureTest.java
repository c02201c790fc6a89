package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.ExitCode;
import dev.firn.contract.fault.Failpoint;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two tables, one of which fails with a Java Error. */
@OnSpark
class TableFailureTest {

  private TestLake lake;
  private MergeScenario sales;

  @BeforeEach
  void begin(TestLake empty) {
    lake = empty;
    sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.raw().schema(Sales.STORES);
    sales.file(Sales.insertOfStores(20, 2, 2, "b"));
  }

  @AfterEach
  void calm() {
    List.of(Failpoint.values()).forEach(Failpoint::disarm);
  }

  @Test
  void anErrorFailsItsTableWithASentenceAndTheOtherIsMerged() throws InterruptedException {
    firstFails(Failpoint.MERGE_READ, new OutOfMemoryError("Java heap space"));
    List<TableResult> results = job().run(Set.of());

    List<TableResult> failed = results.stream().filter(one -> one.failure().isPresent()).toList();
    assertEquals(2, results.size());
    assertEquals(1, failed.size());
    assertEquals(
        "Cannot merge table %s: OutOfMemoryError: Java heap space. Give the run more memory (FIRN_JAVA_OPTS=-Xmx8g, larger workers on Glue), or merge fewer tables at a time (merge.parallel_tables)."
            .formatted(failed.get(0).report().table()),
        failed.get(0).report().notes().get(0));
    assertEquals(ExitCode.FAULT, MergeCommand.exitCode(results));

    calm();
    assertEquals(ExitCode.DONE, MergeCommand.exitCode(job().run(Set.of())));
    assertEquals(1, lake.query("SELECT * FROM " + lake.table("sales")).size());
    assertEquals(1, lake.query("SELECT * FROM " + lake.table("stores")).size());
  }

  @Test
  void eachErrorHasItsRemedy() {
    assertTrue(note(new StackOverflowError()).contains("-Xss8m"));
    assertTrue(note(new NoClassDefFoundError("dev/firn/X")).contains("Glue 5.1"));
    assertEquals(
        "NullPointerException",
        note(new NullPointerException()),
        "what has no message is not 'null'");
  }

  @Test
  void aTaskThatRunsOutOfMemoryFailsAndTheProcessLives() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
    Exception failure =
        assertThrows(
            SparkException.class,
            () ->
                spark
                    .parallelize(List.of(1), 1)
                    .foreach(
                        one -> {
                          throw new OutOfMemoryError("Java heap space");
                        }));

    assertTrue(note(failure).contains("Give the run more memory"), note(failure));
    assertEquals(1, spark.parallelize(List.of(1), 1).count());
  }

  @Test
  void aRunThatIsInterruptedLetsABatchBePublishedThatIsUnderWay() throws InterruptedException {
    CountDownLatch staged = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Failpoint.MERGE_STAGED.arm(
        () -> {
          staged.countDown();
          try {
            released.await();
          } catch (InterruptedException e) {
            interrupted.set(true);
            throw new IllegalStateException(e);
          }
        });
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread run = new Thread(() -> end.set(failureOf(job())));
    run.start();
    staged.await();
    run.interrupt();
    while (run.isInterrupted()) {
      Thread.onSpinWait();
    }
    released.countDown();
    run.join();

    assertTrue(end.get() instanceof InterruptedException, () -> "" + end.get());
    assertEquals(false, interrupted.get());
    assertTrue(lake.catalog().exists(lake.catalog().mirror(Sales.TOKEN)));
    assertEquals(1, lake.query("SELECT * FROM " + lake.table("sales")).size());
  }

  private static Throwable failureOf(MergeJob job) {
    try {
      job.run(Set.of());
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  private static void firstFails(Failpoint point, Error error) {
    AtomicBoolean failed = new AtomicBoolean();
    point.arm(
        () -> {
          if (!failed.getAndSet(true)) {
            throw error;
          }
        });
  }

  private static String note(Throwable failure) {
    return TableResult.failed(Sales.TOKEN, failure).report().notes().get(0);
  }

  private MergeJob job() {
    return new MergeJob(lake.spark(), sales.config(), Clock.systemUTC(), MergeListener.NONE);
  }
}
