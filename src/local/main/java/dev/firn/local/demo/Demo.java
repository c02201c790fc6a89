package dev.firn.local.demo;

import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.stage.StageConsole;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The demo on a running database: load, preflight, capture, merge three times, verify. Capture is
 * killed half-way and restarted, and two of the merges run while the workload writes.
 */
final class Demo {

  /**
   * Exit codes that are not a failure of a stage that was asked to stop: done, or stopped by the
   * signal.
   */
  private static final Set<Integer> STOPPED = Set.of(0, 130, 143);

  private final Workload workload;
  private final DemoSetting setting;
  private final Stages stages;
  private final StageConsole console;

  Demo(Workload workload, DemoSetting setting, Stages stages, StageConsole console) {
    this.workload = workload;
    this.setting = setting;
    this.stages = stages;
    this.console = console;
  }

  void run(Pace pace) throws InterruptedException {
    load();
    stages.start("preflight", "preflight").awaitSuccess();
    captureAndMerge(pace);
    say("the workload is finished and fully captured; the last merge");
    stages.start("merge 3", "merge").awaitSuccess();
    say("the proof: every row of PostgreSQL against the lake");
    stages.startForResult("verify", "verify").awaitSuccess();
  }

  private void load() throws InterruptedException {
    workload.createAndLoad(setting.address(), setting.source().publication());
    say(String.format(Locale.ROOT, "%,d rows are loaded", workload.initialRows()));
  }

  private void captureAndMerge(Pace pace) throws InterruptedException {
    DatabaseAddress address = setting.address();
    try (SlotWatch slot = new SlotWatch(address, setting.source().slot())) {
      StageProcess capture = stages.start("capture", "capture");
      slot.awaitStreaming(capture);
      Optional<StageProcess> deliver = deliver();
      try (BackgroundWorkload writing = new BackgroundWorkload(workload, address, pace)) {
        say("the workload writes while the first merge runs");
        StageProcess merge = stages.start("merge 1", "merge");
        writing.awaitHalf(merge);
        capture.kill();
        say("capture killed (kill -9) and started again");
        capture = stages.start("capture", "capture");
        merge.awaitSuccess();
        say("the second merge, while the workload continues to write: " + progress(writing));
        merge = stages.start("merge 2", "merge");
        writing.releaseLastQuarter();
        merge.awaitSuccess();
        writing.releaseLastTenth();
        writing.awaitEnd();
      }
      slot.awaitCaughtUp(capture);
      stop(capture);
      if (deliver.isPresent()) {
        stop(deliver.get());
        deliverAll();
      }
    }
  }

  /**
   * If capture does not write the raw zone itself, starts the delivery, which continues until the
   * end.
   */
  private Optional<StageProcess> deliver() throws InterruptedException {
    if (!setting.hasStream()) {
      return Optional.empty();
    }
    deliverAll();
    return Optional.of(stages.start("deliver", "deliver"));
  }

  private void deliverAll() throws InterruptedException {
    stages.start("deliver", "deliver", "--once").awaitSuccess();
  }

  private static void stop(StageProcess stage) throws InterruptedException {
    int code = stage.stop();
    if (!STOPPED.contains(code)) {
      stage.awaitSuccess();
    }
  }

  private String progress(BackgroundWorkload writing) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d transactions so far",
        writing.played(),
        workload.incrementalTransactions());
  }

  private void say(String line) {
    console.print("demo", line);
  }
}
