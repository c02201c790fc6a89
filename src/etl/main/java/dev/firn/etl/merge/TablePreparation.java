package dev.firn.etl.merge;

import dev.firn.console.OperatorException;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.engine.ingest.RecordFormat;
import dev.firn.engine.ingest.foreign.ForeignRecords;
import dev.firn.engine.publish.StagingBranch;
import dev.firn.engine.schema.AthenaLimits;
import dev.firn.engine.schema.SourceSchema;
import dev.firn.engine.table.TableLayout;
import dev.firn.engine.table.TargetTable;
import dev.firn.pipeline.ForeignFormat;
import dev.firn.pipeline.TableConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings a table of the lake into the state that a batch needs: the table exists, has all columns
 * of its schema documents and the configured layout, and the branches left by dead runs are
 * removed. Each step is a separate commit; a step with nothing to do makes none.
 */
final class TablePreparation {

  private final MergeContext context;
  private final TableToken token;

  TablePreparation(MergeContext context, TableToken token) {
    this.context = context;
    this.token = token;
  }

  /**
   * @param bytes the size of the pending raw files
   * @param notes for the report; this class adds to them
   */
  TargetTable prepare(long bytes, List<String> notes) {
    TargetTable target = open(documents(), notes);
    notes.addAll(TableLayout.of(context.config(), token).apply(target.mirror(), bytes));
    return target;
  }

  // A captured table exists in the lake from the first merge on, with its columns, even if no row
  // has arrived yet.
  TableReport makeIfMissing() {
    TableReport report = TableReport.nothingDue(token.value());
    List<SchemaDocument> documents = documents();
    if (context.lake().exists(context.lake().mirror(token)) || documents.isEmpty()) {
      return report;
    }
    return TableReport.made(open(documents, new ArrayList<>()).mirror());
  }

  RecordFormat recordFormat() {
    return foreign().map(format -> ForeignRecords.of(token, format)).orElse(RecordFormat.FIRN);
  }

  private TargetTable open(List<SchemaDocument> documents, List<String> notes) {
    if (documents.isEmpty()) {
      throw new OperatorException(
          "Cannot merge table: its schema document is missing in the raw zone: " + token,
          "Capture writes _schema/"
              + token
              + "/ before it writes events: start capture, or restore these files.");
    }
    TableConfig options = context.config().table(token.value());
    List<SourceSchema> schemas =
        documents.stream().map(document -> SourceSchema.of(document, options.exclude())).toList();
    TargetTable target = TargetTable.open(context.lake(), token, schemas, options.properties());
    notes.addAll(target.schemaChanges());
    if (context.config().lake().isGlue()) {
      notes.addAll(AthenaLimits.beyond(target.mirror().table()));
    }
    StagingBranch.removeAbandoned(target.mirror().table(), context.clock().instant());
    return target;
  }

  private List<SchemaDocument> documents() {
    return foreign()
        .map(format -> List.of(format.table().document(token)))
        .orElseGet(() -> context.raw().schemaDocuments(token));
  }

  private Optional<ForeignFormat> foreign() {
    return context.config().table(token.value()).format();
  }
}
