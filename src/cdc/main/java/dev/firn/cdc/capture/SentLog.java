package dev.firn.cdc.capture;

import dev.firn.cdc.source.SystemIdentity;
import dev.firn.console.DecisionException;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.SentRecord;
import dev.firn.contract.raw.RawPath;
import dev.firn.contract.raw.RawStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Records in the raw zone up to which LSN changes were sent: a record in the source itself would
 * lag on a standby and be reset by a restore. The record runs ahead of the changes, so that it is
 * written only once per 16 MiB of WAL; a run that ends without being killed sets it back to the
 * actual LSN.
 */
final class SentLog {

  private static final long AHEAD = 16L << 20;

  private final RawStore raw;
  private final String path;
  private final Optional<SentRecord> before;
  private SentRecord recorded;

  /** The highest LSN known to be sent in this epoch. */
  private long sent;

  /** The LSN up to which a killed run may have sent changes, until this run has read that far. */
  private long inherited;

  private SentLog(RawStore raw, String path, Optional<SentRecord> before) {
    this.raw = raw;
    this.path = path;
    this.before = before;
  }

  static SentLog open(RawStore raw, String slot) throws IOException {
    String path = RawPath.sentRecord(slot);
    try {
      Optional<byte[]> text = raw.read(path);
      return new SentLog(
          raw,
          path,
          text.map(bytes -> SentRecord.parse(new String(bytes, StandardCharsets.UTF_8))));
    } catch (MalformedRecordException e) {
      throw new DecisionException(
          "Cannot read up to which LSN changes were sent: %s: %s".formatted(e.getMessage(), path),
          "Restore the file, or remove it and run 'firn capture --resnapshot'.");
    }
  }

  /** What earlier runs recorded. */
  Optional<SentRecord> before() {
    return before;
  }

  /**
   * Starts the record of this run.
   *
   * @param endOfLog of the source: no earlier run can have sent more
   */
  void begin(SystemIdentity identity, int epoch, long endOfLog) throws IOException {
    Optional<SentRecord> same = before.filter(record -> record.epoch() == epoch);
    sent = same.map(SentRecord::sent).orElse(0L);
    inherited = Math.max(sent, same.map(r -> Math.min(r.limit(), endOfLog)).orElse(0L));
    write(new SentRecord(identity.system(), identity.timeline(), epoch, sent, inherited));
  }

  /** Changes up to this LSN may be sent when this returns. */
  void allow(long lsn) throws IOException {
    if (lsn > recorded.limit()) {
      write(at(sent, lsn + AHEAD));
    }
  }

  /** Rows of a snapshot are sent, with this LSN. */
  void allowRows(long lsn) throws IOException {
    sent(lsn);
    if (lsn > recorded.limit()) {
      write(at(sent, lsn));
    }
  }

  /** Changes up to this LSN were sent or are in flight. */
  void sent(long lsn) {
    sent = Math.max(sent, lsn);
  }

  /**
   * Nothing more will be sent by this run.
   *
   * @param received the LSN up to which this run read the log
   */
  void settle(long received) throws IOException {
    write(at(sent, received >= inherited ? sent : Math.max(sent, inherited)));
  }

  private SentRecord at(long known, long limit) {
    return new SentRecord(recorded.system(), recorded.timeline(), recorded.epoch(), known, limit);
  }

  private void write(SentRecord record) throws IOException {
    if (!record.equals(recorded)) {
      raw.put(path, record.toJson().getBytes(StandardCharsets.UTF_8));
      recorded = record;
    }
  }
}
