package dev.firn.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A call that the emulator judged. */
record RecordedCall(String accessKey, boolean isAllowed, String action, String resource) {

  /**
   * @param folder of the emulator
   */
  static List<RecordedCall> read(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("actions.log")).stream()
        .map(RecordedCall::parse)
        .toList();
  }

  private static RecordedCall parse(String line) {
    String[] columns = line.split("\t", 4);
    return new RecordedCall(columns[0], columns[1].equals("allowed"), columns[2], columns[3]);
  }

  @Override
  public String toString() {
    return action + " on " + resource;
  }
}
