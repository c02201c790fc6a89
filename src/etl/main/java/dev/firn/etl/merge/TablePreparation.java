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
 * Brings a table of the lake into the state that a batch needs: made, with all columns of its
 * schema documents, laid out as configured, without the branches that dead runs have left. Each of
 * these is a commit of its own, and none where there is nothing to do.
 */
final class TablePreparation {

  private final MergeContext context;
  private final TableToken token;

  TablePreparation(MergeContext context, TableToken token) {
    this.context = context;
    this.token = token;
  }

  /**
   * @param bytes of the raw files that are pending
   * @param notes for the report; added to
   */
  TargetTable prepare(long bytes, List<String> notes) {
    TargetTable target = open(documents(), notes);
    notes.addAll(TableLayout.of(context.config(), token).apply(target.mirror(), bytes));
    return target;
  }

  // A table that is captured is there from the first merge on, with its columns, also when no row
  // of it has come so far.
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
          "Cannot merge table: it has no schema document in the raw zone: " + token,
          "The producer writes _schema/"
              + token
              + "/ before its events: start it, or restore them.");
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
