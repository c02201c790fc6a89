package dev.firn.etl.merge;

import java.util.List;
import java.util.Random;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.iceberg.types.Type;
import org.apache.spark.sql.SparkSession;

/** What is done to a table between two merges: its rows stay, its files or its layout change. */
enum Upheaval {
  NONE {
    @Override
    void befall(Table table, SparkSession spark, Random random) {}
  },
  COMPACTION {
    @Override
    void befall(Table table, SparkSession spark, Random random) {
      SparkActions.get(spark).rewriteDataFiles(table).option("rewrite-all", "true").execute();
    }
  },
  COMPACTION_OF_DELETES {
    @Override
    void befall(Table table, SparkSession spark, Random random) {
      // Iceberg 1.11 fails here when the deletes are of several specs, and 1.10 on a table with
      // lists.
      if (table.specs().size() == 1
          && table.schema().columns().stream().allMatch(field -> field.type().isPrimitiveType())) {
        SparkActions.get(spark)
            .rewritePositionDeletes(table)
            .option("rewrite-all", "true")
            .execute();
      }
    }
  },
  BUCKETS {
    @Override
    void befall(Table table, SparkSession spark, Random random) {
      List<String> key = columns(table, Upheaval::isKey);
      if (!key.isEmpty()) {
        partition(table, Expressions.bucket(key.get(0), 2 + random.nextInt(4)));
      }
    }
  },
  PARTITIONS_BY_A_VALUE {
    @Override
    void befall(Table table, SparkSession spark, Random random) {
      List<String> values = columns(table, Upheaval::isValue);
      if (!values.isEmpty()) {
        partition(table, byValue(table, values.get(random.nextInt(values.size()))));
      }
    }
  },
  NO_PARTITIONS {
    @Override
    void befall(Table table, SparkSession spark, Random random) {
      withoutPartitions(table).commit();
    }
  };

  private interface ColumnTest {
    boolean fits(Table table, String column, Type type);
  }

  /** Does it; leaves the table as it is where that is not possible. */
  abstract void befall(Table table, SparkSession spark, Random random);

  static Upheaval any(Random random) {
    return List.of(values()).get(random.nextInt(values().length));
  }

  private static boolean isKey(Table table, String column, Type type) {
    return table.schema().identifierFieldNames().contains(column)
        && type.typeId() != Type.TypeID.BOOLEAN;
  }

  private static boolean isValue(Table table, String column, Type type) {
    return !table.schema().identifierFieldNames().contains(column)
        && !column.startsWith("_")
        && List.of(Type.TypeID.STRING, Type.TypeID.TIMESTAMP, Type.TypeID.BOOLEAN)
            .contains(type.typeId());
  }

  private static List<String> columns(Table table, ColumnTest test) {
    return table.schema().columns().stream()
        .filter(field -> test.fits(table, field.name(), field.type()))
        .map(field -> field.name())
        .toList();
  }

  private static Term byValue(Table table, String column) {
    return switch (table.schema().findField(column).type().typeId()) {
      case STRING -> Expressions.truncate(column, 2);
      case TIMESTAMP -> Expressions.month(column);
      default -> Expressions.ref(column);
    };
  }

  private static void partition(Table table, Term term) {
    // A unique name: two specs may transform the same column differently.
    String name = "part_" + table.specs().size();
    withoutPartitions(table).addField(name, term).commit();
  }

  private static UpdatePartitionSpec withoutPartitions(Table table) {
    UpdatePartitionSpec update = table.updateSpec().caseSensitive(true);
    for (PartitionField field : table.spec().fields()) {
      update = update.removeField(field.name());
    }
    return update;
  }
}
