package dev.firn.engine.scan;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.io.InputFile;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter2.compat.RowGroupFilter;
import org.apache.parquet.filter2.compat.RowGroupFilter.FilterLevel;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Some columns of an open data file, row group by row group. */
final class ColumnFile implements Closeable {

  private static final Configuration NONE = new Configuration(false);

  private final LateFilter filter = new LateFilter();
  private final String location;
  private final ParquetFileReader reader;
  private final List<BlockMetaData> groups;
  private Set<BlockMetaData> wanted;
  private int next;
  private long nextRow;

  private ColumnFile(InputFile file) throws IOException {
    this.location = file.location();
    this.reader =
        new ParquetFileReader(
            new ParquetInput(file),
            HadoopReadOptions.builder(NONE).withRecordFilter(filter).build());
    this.groups = reader.getRowGroups();
    this.wanted = Set.copyOf(groups);
  }

  static ColumnFile open(InputFile file) throws IOException {
    return new ColumnFile(file);
  }

  String location() {
    return location;
  }

  /** The column with a field id, whatever its name in this file. */
  Optional<ColumnDescriptor> column(int fieldId) {
    MessageType schema = schema();
    return schema.getFields().stream()
        .filter(Type::isPrimitive)
        .filter(field -> field.getId() != null && field.getId().intValue() == fieldId)
        .map(field -> schema.getColumnDescription(new String[] {field.getName()}))
        .findFirst();
  }

  private MessageType schema() {
    return reader.getFileMetaData().getSchema();
  }

  /** Reads only these columns from now on. */
  void read(List<ColumnDescriptor> key, List<ColumnDescriptor> position) {
    Type[] types =
        Stream.concat(key.stream(), position.stream())
            .map(column -> schema().getType(column.getPath()))
            .distinct()
            .toArray(Type[]::new);
    reader.setRequestedSchema(new MessageType("scan", types));
  }

  /** Skips row groups and pages by their bounds. */
  void filter(FilterPredicate predicate) {
    filter.become(predicate);
    wanted =
        Set.copyOf(
            RowGroupFilter.filterRowGroups(
                List.of(FilterLevel.STATISTICS), filter.filter(), groups, reader));
  }

  /** The next row group that may contain wanted rows. */
  Optional<RowGroup> next() throws IOException {
    while (next < groups.size()) {
      int at = next++;
      long firstRow = nextRow;
      nextRow += groups.get(at).getRowCount();
      if (wanted.contains(groups.get(at))) {
        PageReadStore pages = reader.readFilteredRowGroup(at);
        if (pages != null) {
          return Optional.of(new RowGroup(pages, firstRow));
        }
      }
    }
    return Optional.empty();
  }

  /** The places of the row groups. */
  List<RowGroupSpan> spans() {
    List<RowGroupSpan> spans = new ArrayList<>();
    long firstRow = 0;
    for (BlockMetaData group : groups) {
      long start = group.getStartingPos();
      spans.add(new RowGroupSpan(start, group.getCompressedSize(), firstRow, group.getRowCount()));
      firstRow += group.getRowCount();
    }
    return spans;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
