package dev.firn.etl.merge;

import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A source table of random columns with odd names, and the schemas it has one after the other: a
 * column comes, others are widened, one goes.
 */
final class RandomTable {

  static final TableToken TOKEN = new TableToken("things");

  private static final int VALUES = 6;
  private static final List<String> NAMES =
      List.of(
          "Id",
          "id",
          "Order.No",
          "say \"hi\"",
          "it's",
          "Größe",
          "back`tick",
          "a b",
          "select",
          "path\\name",
          "s",
          "t",
          "_firn",
          "key",
          "value");

  private final List<List<SourceColumn>> versions = new ArrayList<>();

  RandomTable(KeyShape shape, Random random) {
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    List<SourceColumn> columns = new ArrayList<>();
    for (CellKind kind : shape.columns()) {
      columns.add(new SourceColumn(names.remove(0), kind, columns.size() + 1));
    }
    List<CellKind> kinds = new ArrayList<>(List.of(CellKind.values()));
    Collections.shuffle(kinds, random);
    kinds.subList(0, VALUES).forEach(kind -> columns.add(value(names, kind)));
    columns.add(value(names, CellKind.INT4));
    Collections.shuffle(columns, random);
    versions.add(columns);
    evolve(value(names, kinds.get(VALUES)), random);
  }

  private static SourceColumn value(List<String> names, CellKind kind) {
    return new SourceColumn(names.remove(0), kind, 0);
  }

  private void evolve(SourceColumn added, Random random) {
    List<SourceColumn> longer = new ArrayList<>(versions.get(0));
    longer.add(random.nextInt(longer.size()), added);
    List<SourceColumn> wider = longer.stream().map(SourceColumn::widened).toList();
    List<SourceColumn> shorter = new ArrayList<>(wider);
    shorter.remove(wider.stream().filter(column -> !column.isKey()).findFirst().orElseThrow());
    versions.addAll(List.of(longer, wider, shorter));
  }

  int versions() {
    return versions.size();
  }

  List<SourceColumn> columns(int version) {
    return versions.get(version);
  }

  /** The columns of all versions, each once. */
  List<String> allNames() {
    return versions.get(1).stream().map(SourceColumn::name).toList();
  }

  List<String> keyNames() {
    return key(0).stream().map(SourceColumn::name).toList();
  }

  /** The key's columns, in the order they have in the table. */
  List<SourceColumn> key(int version) {
    return columns(version).stream().filter(SourceColumn::isKey).toList();
  }

  SchemaDocument document(int version) {
    return new SchemaDocument(
        TOKEN,
        "public.things",
        columns(version).stream()
            .map(one -> one.kind().column(one.name(), one.keyOrdinal()))
            .toList(),
        ReplicaIdentity.DEFAULT);
  }
}
