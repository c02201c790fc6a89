package dev.firn.delivery.write;

/**
 * What was written.
 *
 * @param records all of them, those with errors too
 * @param bytes of the records, as they came
 * @param files in the raw zone
 * @param errors records that went to the error prefix
 */
public record Counts(long records, long bytes, long files, long errors) {

  static final Counts NONE = new Counts(0, 0, 0, 0);

  Counts withRecord(int length) {
    return new Counts(records + 1, bytes + length, files, errors);
  }

  Counts withError(int length) {
    return new Counts(records + 1, bytes + length, files, errors + 1);
  }

  Counts withFiles(long count) {
    return new Counts(records, bytes, count, errors);
  }
}
