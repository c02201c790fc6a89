package dev.firn.local.workload;

import static dev.firn.local.workload.SampleTable.PRODUCT;
import static dev.firn.local.workload.SampleTable.PROMOTION;
import static dev.firn.local.workload.SampleTable.SALES;
import static dev.firn.local.workload.SampleTable.STORE;

import dev.firn.local.workload.Change.Copy;
import dev.firn.local.workload.Change.Delete;
import dev.firn.local.workload.Change.Insert;
import dev.firn.local.workload.Change.TakenBack;
import dev.firn.local.workload.Change.Truncate;
import dev.firn.local.workload.Change.Update;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The cases that make change capture hard, one method each, on existing rows. */
final class Scenes {

  private static final int OUT_OF_LINE = 8_000;
  private static final int COPIED_ROWS = 200;

  private final Shop shop;
  private final Random random;
  private long lastId = 1_000_000;

  Scenes(Shop shop, Random random) {
    this.shop = shop;
    this.random = random;
  }

  List<Supplier<Step>> all() {
    return List.of(
        this::keyChanged,
        this::outOfLineValueNotTouched,
        this::savepointTakenBack,
        this::promotionsReplaced,
        this::manyCopied,
        this::keysSwapped,
        this::sideBySide,
        this::outOfLineValueRewritten,
        this::rolledBack,
        this::keyDeletedAndInserted,
        this::rowChangedManyTimes,
        this::productChanged,
        this::compositeKeyChanged,
        this::keyOfOutOfLineValueChanged,
        this::keysOfOutOfLineValuesSwapped,
        this::rowBornAndGone);
  }

  private Step keyChanged() {
    return Step.Commit.of(new Update(SALES, anySale(), id(++lastId)));
  }

  private Step keysSwapped() {
    Row first = anySale();
    Row second = SALES.key(shop.pick(SALES, random, row -> !SALES.key(row).equals(first)));
    Row aside = id(++lastId);
    return Step.Commit.of(
        new Update(SALES, first, aside),
        new Update(SALES, second, first),
        new Update(SALES, aside, second));
  }

  private Step keyDeletedAndInserted() {
    Row sale = anyRow(SALES);
    return Step.Commit.of(
        new Delete(SALES, SALES.key(sale)), Insert.of(SALES, sale.with(someFigures())));
  }

  /** TRUNCATE, and the same keys again in the same transaction. */
  private Step promotionsReplaced() {
    List<Row> promotions =
        shop.rows(PROMOTION).stream()
            .map(row -> row.with("discount", "%s.50".formatted(random.nextInt(40))))
            .toList();
    return Step.Commit.of(new Truncate(PROMOTION), new Insert(PROMOTION, promotions));
  }

  /** PostgreSQL does not send the unchanged note (TOAST). */
  private Step outOfLineValueNotTouched() {
    Row store = storeWithLongNote();
    Row values =
        Row.of("opens", "0%s:15:00".formatted(random.nextInt(10)))
            .with("latitude", Double.toString(8 + random.nextInt(15) + random.nextDouble()))
            .with("visits", "{%s,NULL,0}".formatted(random.nextInt(1000)));
    return Step.Commit.of(
        new Update(STORE, STORE.key(store), values),
        new Update(STORE, STORE.key(store), Row.of("name", store.value("name") + " (mới)")));
  }

  /** The note is sent once, then not sent: the two changes are folded. */
  private Step outOfLineValueRewritten() {
    Row store = storeWithLongNote();
    String note = store.value("note");
    Row rewritten = Row.of("note", note.substring(note.length() / 20) + note + random.nextLong());
    return Step.Commit.of(
        new Update(STORE, STORE.key(store), rewritten),
        new Update(STORE, STORE.key(store), Row.of("lease", "2 years 3 mons")));
  }

  private Step compositeKeyChanged() {
    Row store = shop.pick(STORE, random, row -> !hasLongNote(row));
    return Step.Commit.of(new Update(STORE, STORE.key(store), storeNumber()));
  }

  /** The row gets a new key, and PostgreSQL does not send all of its values. */
  private Step keyOfOutOfLineValueChanged() {
    return Step.Commit.of(new Update(STORE, STORE.key(storeWithLongNote()), storeNumber()));
  }

  private Step keysOfOutOfLineValuesSwapped() {
    Row store = storeWithLongNote();
    Row first = STORE.key(store);
    Row second =
        STORE.key(
            shop.pick(STORE, random, row -> hasLongNote(row) && !STORE.key(row).equals(first)));
    Row aside = first.with(storeNumber());
    return Step.Commit.of(
        new Update(STORE, first, aside),
        new Update(STORE, second, first),
        new Update(STORE, aside, second));
  }

  private Step productChanged() {
    Row values =
        Row.of(
                "attributes",
                "{\"brand\": \"Mây Trắng\", \"no\": [%s, 1.50, null]}".formatted(lastId))
            .with("tags", random.nextBoolean() ? "{}" : "{\"a,b\",NULL,\"NULL\",\"c\\\"d\"}")
            .with("active", null)
            .with("carbon_kg", "%s.250000001".formatted(random.nextInt(1_000_000)))
            .with("thumbnail", "\\x00ff%04x".formatted(random.nextInt(65_536)));
    return Step.Commit.of(new Update(PRODUCT, PRODUCT.key(anyRow(PRODUCT)), values));
  }

  /** One statement, many rows: last month's lines as a forecast of the next. */
  private Step manyCopied() {
    List<Row> copies =
        Stream.generate(() -> anyRow(SALES).with(id(++lastId)).with("period", "2024-02"))
            .limit(COPIED_ROWS)
            .map(row -> row.with("year", "2024").with("month", "2"))
            .toList();
    return Step.Commit.of(new Copy(SALES, copies));
  }

  private Step rolledBack() {
    Row sale = anyRow(SALES);
    return new Step.Rollback(
        List.of(
            new Delete(SALES, SALES.key(sale)),
            Insert.of(SALES, sale.with(id(++lastId))),
            new Truncate(PROMOTION)));
  }

  private Step savepointTakenBack() {
    Row key = anySale();
    return Step.Commit.of(
        new Update(SALES, key, someFigures()),
        new TakenBack(List.of(new Update(SALES, key, someFigures()), new Delete(SALES, key))),
        new Update(SALES, key, Row.of("price_class", "Clearance")));
  }

  private Step sideBySide() {
    Row first = anySale();
    Row second = SALES.key(shop.pick(SALES, random, row -> !SALES.key(row).equals(first)));
    return new Step.SideBySide(
        List.of(new Update(SALES, first, someFigures()), new Update(SALES, first, someFigures())),
        List.of(new Update(SALES, second, someFigures()), new Delete(SALES, second)));
  }

  private Step rowChangedManyTimes() {
    Row key = anySale();
    return new Step.Commit(
        Stream.<Change>generate(() -> new Update(SALES, key, someFigures())).limit(3).toList());
  }

  private Step rowBornAndGone() {
    Row sale = anyRow(SALES).with(id(++lastId));
    Row key = SALES.key(sale);
    return Step.Commit.of(
        Insert.of(SALES, sale), new Update(SALES, key, someFigures()), new Delete(SALES, key));
  }

  private Row anySale() {
    return SALES.key(anyRow(SALES));
  }

  private Row anyRow(SampleTable table) {
    return shop.pick(table, random, row -> true);
  }

  private Row storeWithLongNote() {
    return shop.pick(STORE, random, Scenes::hasLongNote);
  }

  private static boolean hasLongNote(Row store) {
    return !store.isNull("note") && store.value("note").length() > OUT_OF_LINE;
  }

  private Row storeNumber() {
    return Row.of("store_no", Long.toString(++lastId));
  }

  private static Row id(long id) {
    return Row.of("id", Long.toString(id));
  }

  private Row someFigures() {
    int quantity = 1 + random.nextInt(5_000);
    return Row.of("quantity", Integer.toString(quantity))
        .with(
            "revenue",
            String.format(Locale.ROOT, "%s.%02d", quantity * 48_500L, random.nextInt(100)));
  }
}
